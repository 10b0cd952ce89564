package org.jobfold.disk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The keys that a folder file may have. */
sealed interface Schema {
  /** One text. */
  record One(TextType<?> type) implements Schema {}

  /** One text, or several in a list. */
  record Several(TextType<?> type) implements Schema {}

  /** A line, or a list of words that becomes the key {@code argv} below. */
  record CommandLine() implements Schema {}

  /**
   * Keys with names of the user's own.
   *
   * @param type of their values
   */
  record Table(TextType<?> type) implements Schema {}

  /** Known keys. */
  record Group(Map<String, Schema> keys) implements Schema {
    /** What to say of a key that is not among these. */
    String unknown(String key) {
      return nearest(key, keys.keySet())
          .map(near -> "did you mean '" + near + "'?")
          .orElseGet(() -> "the keys here are " + String.join(", ", keys.keySet()));
    }
  }

  /**
   * A value, or keys that say more.
   *
   * @param plain with nothing below it
   * @param group with something below it
   */
  record Either(Schema plain, Group group) implements Schema {}

  /** A list of groups. */
  record Groups(Group each) implements Schema {}

  /** What a program is started with. */
  String ARGV = "argv";

  /** The keys of a call. */
  Group CALL =
      new Group(
          ordered(
              "class", new One(TextType.WORDS),
              "classpath", new Several(TextType.WORDS),
              "jvm", new Several(TextType.WORDS)));

  /** All keys of a folder file. */
  Group ROOT = root();

  /** Keys that later versions will know. */
  Set<String> LATER =
      Set.of(
          "after",
          "depends",
          "finally",
          "inputs",
          "outputs",
          "pipe",
          "priority",
          "queue",
          "tokens");

  /** The keys that say what to run. */
  Set<String> FUNCTIONALS = Set.of("command", "call", "steps");

  /** Whether the keys below this one have names of the user's own. */
  static boolean isTable(String key) {
    return ROOT.keys().get(key) instanceof Table;
  }

  /** The name that {@code wrong} was most likely meant to be. */
  static Optional<String> nearest(String wrong, Iterable<String> names) {
    List<String> near = new ArrayList<>();
    int lengthOfLastPart = wrong.length() - wrong.lastIndexOf('.') - 1;
    LevenshteinDistance distance = new LevenshteinDistance(Math.max(1, lengthOfLastPart / 3));
    for (String name : names) {
      if (distance.apply(wrong, name) >= 0) {
        near.add(name);
      }
    }
    return near.stream()
        .min(
            Comparator.<String>comparingInt(name -> distance.apply(wrong, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static Group root() {
    Group success =
        new Group(
            ordered(
                "file", new One(TextType.INSIDE),
                "pattern", new One(TextType.PATTERN),
                "exit", new Several(TextType.EXIT_CODE)));
    Group step =
        new Group(
            ordered(
                "name",
                new One(TextType.STEP_NAME),
                "command",
                new CommandLine(),
                "call",
                CALL,
                "success",
                success));
    return new Group(
        ordered(
            "command", new CommandLine(),
            "call", CALL,
            "steps", new Groups(step),
            "ranks", new One(TextType.COUNT),
            "mpi", new One(TextType.SWITCH),
            "maxtrials", new One(TextType.COUNT),
            "timeout", new One(TextType.DURATION),
            "env", new Table(TextType.ANY),
            "params", new Table(TextType.ANY),
            "stdin", new One(TextType.WORDS),
            "stdout", new One(TextType.INSIDE),
            "stderr", new One(TextType.INSIDE),
            "success", success,
            "retry", retry(),
            "tagged", new One(TextType.SWITCH)));
  }

  private static Group retry() {
    One onOff = new One(TextType.SWITCH);
    One count = new One(TextType.COUNT);
    One factor = new One(TextType.FACTOR);
    Several codes = new Several(TextType.RETRY_CODES);
    Group ranks = new Group(ordered("ranks", count));
    return new Group(
        ordered(
            "delay",
            new One(TextType.DURATION),
            "backoff",
            factor,
            "max",
            new One(TextType.DURATION),
            "exit",
            new Either(codes, new Group(ordered("codes", codes, "ranks", count))),
            "signal",
            new Either(onOff, ranks),
            "timeout",
            new Either(onOff, new Group(ordered("factor", factor, "ranks", count))),
            "check",
            new Either(onOff, ranks),
            "launch",
            count,
            "tempfail",
            new Either(onOff, new Group(ordered("limit", count)))));
  }

  private static Map<String, Schema> ordered(Object... namesAndSchemas) {
    Map<String, Schema> keys = new LinkedHashMap<>();
    for (int i = 0; i < namesAndSchemas.length; i += 2) {
      keys.put((String) namesAndSchemas[i], (Schema) namesAndSchemas[i + 1]);
    }
    return keys;
  }
}
