package org.jobfold.disk;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jobfold.folder.Nearest;

/** The keys that a folder file may have. */
sealed interface Schema {
  /** One text. */
  record One(TextType<?> type) implements Schema {}

  /** One text, or several in a list. */
  record Several(TextType<?> type) implements Schema {}

  /** Like {@link Several}; the list may be empty, which is not the same as no list. */
  record SeveralOrNone(TextType<?> type) implements Schema {}

  /** A line, or a list of words that becomes the key {@code argv} below. */
  record CommandLine() implements Schema {}

  /**
   * Keys with names of the user's own.
   *
   * @param names what may be one
   * @param type of their values
   */
  record Table(TextType<?> names, TextType<?> type) implements Schema {}

  /** Known keys. */
  record Group(Map<String, Schema> keys) implements Schema {
    /** What to say of a key that is not among these. */
    String unknown(String key) {
      return Nearest.to(key, keys.keySet())
          .map(near -> "did you mean '" + near + "'?")
          .orElseGet(() -> "the keys here are " + String.join(", ", keys.keySet()));
    }
  }

  /**
   * A value, or keys that say more.
   *
   * @param plain with nothing below it
   * @param below with something below it
   */
  record Either(Schema plain, Schema below) implements Schema {}

  /** A list of groups. */
  record Groups(Group each) implements Schema {}

  /**
   * A list of groups, which may be empty.
   *
   * @param plain the key that a text in place of a group stands for; every group must have it
   * @param type of that text
   */
  record TextsOrGroups(String plain, TextType<?> type, Group each) implements Schema {}

  /** How many tokens of which queue. */
  Table TOKENS = new Table(TextType.QUEUE_NAME, TextType.COUNT);

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
  Set<String> LATER = Set.of("pipe");

  /** The keys that say what to run. */
  Set<String> FUNCTIONALS = Set.of("command", "call", "steps");

  /** Whether the keys below this one have names of the user's own. */
  static boolean isTable(String key) {
    Schema schema = ROOT.keys().get(key);
    return (schema instanceof Either either ? either.below() : schema) instanceof Table;
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
    Group dependency =
        new Group(ordered("name", new One(TextType.DEPENDS), "after", new One(TextType.AFTER)));
    return new Group(
        ordered(
            "command", new CommandLine(),
            "call", CALL,
            "steps", new Groups(step),
            "ranks", new One(TextType.COUNT),
            "threads", new One(TextType.COUNT),
            "gpus", new One(TextType.COUNT_OR_NONE),
            "mpi", new One(TextType.SWITCH),
            "maxtrials", new One(TextType.COUNT),
            "timeout", new One(TextType.DURATION),
            "env", new Table(TextType.ANY, TextType.ANY),
            "params", new Table(TextType.ANY, TextType.ANY),
            "stdin", new One(TextType.WORDS),
            "stdout", new One(TextType.INSIDE),
            "stderr", new One(TextType.INSIDE),
            "success", success,
            "retry", retry(),
            "queue", new One(TextType.QUEUE),
            "tokens", new Either(new One(TextType.COUNT), TOKENS),
            "priority", new One(TextType.INTEGER),
            "inputs", new SeveralOrNone(TextType.INPUT),
            "outputs", new SeveralOrNone(TextType.OUTPUT),
            "depends", new TextsOrGroups("name", TextType.DEPENDS, dependency),
            "finally", new One(TextType.SWITCH),
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
