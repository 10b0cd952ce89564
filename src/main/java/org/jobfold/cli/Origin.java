package org.jobfold.cli;

/**
 * Where the value of a setting was said.
 *
 * @param kind of place
 * @param place the file as the user would name it, or the variable; else empty
 * @param line of the file, from 1 on; else 0
 */
record Origin(Kind kind, String place, int line) {
  /** Nowhere: it is what the program does by itself. */
  static final Origin DEFAULT = new Origin(Kind.DEFAULT, "", 0);

  /** Nowhere: the program makes it of the machine, the allocation and other settings. */
  static final Origin COMPUTED = new Origin(Kind.COMPUTED, "", 0);

  /** By the last run of the tree. */
  static final Origin LAST_RUN = new Origin(Kind.LAST_RUN, "", 0);

  /** On the command line. */
  static final Origin COMMAND_LINE = new Origin(Kind.COMMAND_LINE, "", 0);

  /** Kinds of places: what is said in a later one wins. */
  enum Kind {
    DEFAULT("default"),
    COMPUTED("computed"),
    FILE("file"),
    ENVIRONMENT("environment"),
    LAST_RUN("last-run"),
    COMMAND_LINE("command-line");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** For machines. */
    String word() {
      return word;
    }
  }

  static Origin file(String place, int line) {
    return new Origin(Kind.FILE, place, line);
  }

  static Origin variable(String name) {
    return new Origin(Kind.ENVIRONMENT, name, 0);
  }

  /** Whether the user has said it with this run, or with the one that it goes on from. */
  boolean isTyped() {
    return kind == Kind.COMMAND_LINE || kind == Kind.LAST_RUN;
  }

  /** For people. */
  String text() {
    return switch (kind) {
      case DEFAULT -> "default";
      case COMPUTED -> "computed";
      case FILE -> place + ":" + line;
      case ENVIRONMENT -> "environment " + place;
      case LAST_RUN -> "options of the last run";
      case COMMAND_LINE -> "command line";
    };
  }
}
