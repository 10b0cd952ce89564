package org.jobfold.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process to start.
 *
 * @param argv the program and its arguments; a program with a slash is relative to the directory,
 *     one without is searched in the {@code PATH} that the process will have
 * @param directory the working directory, absolute
 * @param variables set beside the environment of this JVM
 * @param stdin the file that standard input is read from, absolute or relative to the directory;
 *     where absent, {@code /dev/null}
 * @param stdout the file that standard output goes to, absolute or relative to the directory; must
 *     not exist
 * @param stderr the file that standard error goes to, absolute or relative to the directory; must
 *     not exist; if it equals stdout, both go to one file
 */
public record ProcessSpec(
    List<String> argv,
    Path directory,
    Map<String, String> variables,
    Optional<Path> stdin,
    Path stdout,
    Path stderr) {
  /**
   * Copies the list; refuses an empty one and a relative directory. The map is not copied and must
   * not change.
   */
  public ProcessSpec {
    argv = List.copyOf(argv);
    if (argv.isEmpty() || argv.get(0).isEmpty()) {
      throw new IllegalArgumentException("there is no program to start");
    }
    if (!directory.isAbsolute()) {
      throw new IllegalArgumentException(
          "the working directory '" + directory + "' is not absolute");
    }
  }
}
