package org.jobfold.folder;

import java.util.List;

/** What a program is started with. */
public sealed interface Command {
  /** The command as a person would type it. */
  String text();

  /**
   * A line for {@code /bin/sh -c}.
   *
   * @param line not blank
   */
  record Shell(String line) implements Command {
    /** Refuses a blank line. */
    public Shell {
      if (line.isBlank()) {
        throw new IllegalArgumentException("the command is empty: write what to run");
      }
    }

    @Override
    public String text() {
      return line;
    }
  }

  /**
   * A program and its arguments, executed as they are.
   *
   * @param argv at least the program; a program with a slash is relative to the folder, one without
   *     is searched in {@code PATH}
   */
  record Exec(List<String> argv) implements Command {
    /** Copies the list; refuses an empty one. */
    public Exec {
      argv = List.copyOf(argv);
      if (argv.isEmpty() || argv.get(0).isEmpty()) {
        throw new IllegalArgumentException(
            "the command is an empty list: its first entry is the program to run");
      }
    }

    @Override
    public String text() {
      return String.join(" ", argv);
    }
  }
}
