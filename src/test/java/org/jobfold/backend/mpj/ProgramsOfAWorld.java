package org.jobfold.backend.mpj;

import java.nio.file.Path;
import org.jobfold.WorldTests;
import org.jobfold.spi.EventLog;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionContract;

/** Programs beside the ranks of a world; run by {@link WorldTests} in its first rank. */
class ProgramsOfAWorld extends SessionContract {
  @Override
  protected Session open(Path root, EventLog events) {
    return WorldTests.backend(root).open(events);
  }
}
