package org.jobfold.cli;

import org.jobfold.folder.Problem;

/**
 * A value of a setting, and where it was said.
 *
 * @param name the user's own name, in a table; else empty
 * @param text as it would be typed
 */
record Said(Setting setting, String name, String text, Origin origin) {
  /** What was typed behind an option: of a table, {@code NAME=VALUE}. */
  static Said of(Setting setting, String typed, Origin origin) {
    int equals = setting.isTable() ? typed.indexOf('=') : -1;
    return equals < 1
        ? new Said(setting, "", typed, origin)
        : new Said(setting, typed.substring(0, equals), typed.substring(equals + 1), origin);
  }

  /** What it is called: {@code nbpools}, {@code params.temperature}. */
  String key() {
    return name.isEmpty() ? setting.key() : setting.key() + "." + name;
  }

  /** As one argument of the command line. */
  String argument() {
    return setting.option().longestName()
        + "="
        + (setting.isTable() && !name.isEmpty() ? name + "=" + text : text);
  }

  /** Where it was said, in one word: the option, the variable, or the file and its line. */
  String place() {
    return origin.kind() == Origin.Kind.FILE
        ? origin.text()
        : origin.place().isEmpty() ? setting.option().longestName() : origin.place();
  }

  /** A problem with it. */
  Problem problem(String message) {
    return origin.kind() == Origin.Kind.FILE
        ? new Problem(origin.place(), origin.line(), "'" + key() + "' " + message)
        : Problem.of(place(), message);
  }
}
