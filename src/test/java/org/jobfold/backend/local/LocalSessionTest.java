package org.jobfold.backend.local;

import java.nio.file.Path;
import org.jobfold.spi.EventLog;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionContract;

class LocalSessionTest extends SessionContract {
  @Override
  protected Session open(Path root, EventLog events) {
    return new LocalBackend(root, PlainLauncher::new, LocalOptions.ranks(2)).open(events);
  }
}
