package org.jobfold.folder;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * When a process that ended counts as successful. It can overrule the exit code both ways.
 *
 * @param exitCodes the accepted exit codes; empty: any exit code, so that the file alone decides
 * @param file what must stand in a file that this trial wrote
 */
public record SuccessCheck(Set<Integer> exitCodes, Optional<FilePattern> file) {
  /** Exit code 0, nothing more. */
  public static final SuccessCheck EXIT_ZERO = new SuccessCheck(Set.of(0), Optional.empty());

  /** Copies the set. */
  public SuccessCheck {
    exitCodes = Set.copyOf(exitCodes);
  }

  /** Whether this exit code is an accepted one. */
  public boolean accepts(int exitCode) {
    return exitCodes.isEmpty() || exitCodes.contains(exitCode);
  }

  /** The check in a few words, for people. */
  public String text() {
    String codes =
        exitCodes.isEmpty()
            ? "any exit code"
            : "exit code "
                + new TreeSet<>(exitCodes)
                    .stream().map(String::valueOf).collect(Collectors.joining(" or "));
    return file.map(f -> codes + ", " + f.text()).orElse(codes);
  }

  /**
   * A file of the folder and what must be found in it.
   *
   * @param file relative to the folder
   * @param pattern searched for in each line; where absent, the file need only be there
   */
  public record FilePattern(String file, Optional<String> pattern) {
    /** Refuses a pattern that does not compile. */
    public FilePattern {
      pattern.ifPresent(Pattern::compile);
      if (file.isBlank()) {
        throw new IllegalArgumentException("the success check names no file: write 'file: NAME'");
      }
    }

    /** The condition in a few words, for people. */
    public String text() {
      return pattern.map(p -> "'" + p + "' in " + file).orElse(file + " written");
    }
  }
}
