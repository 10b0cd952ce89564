package org.jobfold.backend.local;

import java.nio.file.Path;
import org.jobfold.folder.Settings;
import org.jobfold.launch.LauncherSettings;
import org.jobfold.launch.Launchers;
import org.jobfold.spi.CallContract;
import org.jobfold.spi.EventLog;
import org.jobfold.spi.OwnJvmCall;
import org.jobfold.spi.Session;

/** Calls in JVMs of their own. */
class LocalCallsTest extends CallContract {
  @Override
  protected Session open(Path root, EventLog events) {
    return new LocalBackend(
            root, () -> Launchers.best(LauncherSettings.standard()), LocalOptions.ranks(2))
        .open(events);
  }

  @Override
  protected Class<?> type() {
    return OwnJvmCall.class;
  }

  @Override
  protected Settings settings() {
    return Settings.DEFAULT;
  }

  @Override
  protected int ranks() {
    return 2;
  }
}
