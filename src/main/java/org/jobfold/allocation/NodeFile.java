package org.jobfold.allocation;

import java.io.IOException;
import java.util.List;

/** Reads the file in which a batch system lists hosts. */
@FunctionalInterface
public interface NodeFile {
  /**
   * Its lines.
   *
   * @throws IOException if it can not be read
   */
  List<String> lines(String path) throws IOException;
}
