package org.jobfold.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a folder itself has said of a moment of its execution.
 *
 * @param what {@code begin}, {@code fail}, {@code done}, or {@code overlap} if another execution of
 *     the folder, or what it had started, was alive then
 * @param step its name; {@code -} where there are none
 * @param life which life of jobfold had started it, counted from 1
 */
record Mark(String what, String folder, int trial, String step, int life) {
  /** All marks so far. */
  static List<Mark> read(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.map(Mark::parse).toList();
    }
  }

  private static Mark parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 5) {
      throw new AssertionError("no mark: " + line);
    }
    return new Mark(
        words[0], words[1], Integer.parseInt(words[2]), words[3], Integer.parseInt(words[4]));
  }
}
