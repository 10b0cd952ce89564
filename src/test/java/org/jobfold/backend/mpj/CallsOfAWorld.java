package org.jobfold.backend.mpj;

import java.nio.file.Path;
import org.jobfold.WorldTests;
import org.jobfold.folder.Settings;
import org.jobfold.spi.CallContract;
import org.jobfold.spi.EventLog;
import org.jobfold.spi.InRankCall;
import org.jobfold.spi.Session;

/** Calls in the ranks of a world; run by {@link WorldTests} in its first rank. */
class CallsOfAWorld extends CallContract {
  @Override
  protected Session open(Path root, EventLog events) {
    return WorldTests.backend(root).open(events);
  }

  @Override
  protected Class<?> type() {
    return InRankCall.class;
  }

  @Override
  protected Settings settings() {
    return Settings.DEFAULT.withMpi();
  }

  @Override
  protected int ranks() {
    return 2;
  }
}
