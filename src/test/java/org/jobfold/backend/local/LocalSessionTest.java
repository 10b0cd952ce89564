package org.jobfold.backend.local;

import java.nio.file.Path;
import org.jobfold.launch.LauncherSettings;
import org.jobfold.launch.Launchers;
import org.jobfold.spi.EventLog;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionContract;

class LocalSessionTest extends SessionContract {
  @Override
  protected Session open(Path root, EventLog events) {
    return new LocalBackend(
            root, () -> Launchers.best(LauncherSettings.standard()), LocalOptions.ranks(2))
        .open(events);
  }
}
