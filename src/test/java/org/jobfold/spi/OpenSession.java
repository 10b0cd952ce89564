package org.jobfold.spi;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A session for each test, for the folders of a directory of its own. */
abstract class OpenSession {
  final EventLog events = new EventLog();
  Path root;
  Session session;

  /** Opens the session that is tested, for the folders below {@code root}. */
  protected abstract Session open(Path root, EventLog events) throws IOException;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    root = directory;
    session = open(root, events);
  }

  @AfterEach
  void close() {
    session.close();
  }
}
