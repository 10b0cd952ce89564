package org.jobfold.crash;

import java.util.Locale;
import java.util.Random;

/** What a folder of a crash test does, and how it must end whatever becomes of the run. */
@SuppressWarnings("ImmutableEnumChecker") // a record of texts and numbers is
enum Kind {
  /** Succeeds. */
  PLAIN(32, Expected.success(1), "command: %s"),
  /** Fails once. */
  FAILS_ONCE(10, Expected.success(2), "command: %s 1"),
  /** Fails twice, with a delay each time. */
  FAILS_TWICE(8, Expected.success(3), "command: %s 2\nretry: {delay: 20ms, backoff: 2}"),
  /** Asks twice for another trial that costs nothing, and fails once by itself. */
  LATER(
      4,
      Expected.success(4),
      "command: %s 3\nmaxtrials: 2\nretry: {delay: 20ms, tempfail: {limit: 3}}"),
  /** Takes longer than it may, and is given more time. */
  SLOW(
      2,
      Expected.success(2),
      "command: %s\ntimeout: 150ms\nmaxtrials: 2\nretry: {timeout: {factor: 200}}"),
  /** Fails for good. */
  BROKEN(4, Expected.failure("exit", 3, 3), "command: %s 99"),
  /** Fails for good at its first own failure, however often it was interrupted. */
  ONE_TRIAL(4, Expected.failure("exit", 3, 1), "command: %s 99\nmaxtrials: 1"),
  /** Is ended by a signal of its own. */
  SIGNAL(3, Expected.failure("signal", 10, 3), "command: %s"),
  /** Never ends. */
  HANGS(3, Expected.failure("timeout", 0, 2), "command: %s\ntimeout: 150ms\nmaxtrials: 2"),
  /** Never ends, not even when it is asked to, and neither does its grandchild. */
  RESISTS(2, Expected.failure("timeout", 0, 1), "command: %s\ntimeout: 150ms\nmaxtrials: 1"),
  /** Leaves processes in sessions of their own. */
  LEAVES(9, Expected.success(1), "command: %s"),
  /** Does not end when it is asked to, and neither does its grandchild. */
  STUBBORN(3, Expected.success(1), "command: %s"),
  /** Writes much, and is looked at. */
  WRITES(6, Expected.success(1), "command: %s\nsuccess: {file: report, pattern: all is well}"),
  /** Writes what shows no success. */
  CHECK(
      2,
      Expected.failure("check", 0, 2),
      "command: %s\nmaxtrials: 2\nsuccess: {file: report, pattern: never}"),
  /** Its interpreter is not there. */
  UNSTARTABLE(1, Expected.failure("launch", 0, 1), ""),
  /** Three steps, the second of which fails once. */
  STEPS(
      12,
      Expected.success(2),
      "steps: [{name: a, command: %1$s}, {name: b, command: %1$s 1}, {name: c, command: %1$s}]");

  private final int weight;
  private final Expected expected;
  private final String yaml;

  Kind(int weight, Expected expected, String yaml) {
    this.weight = weight;
    this.expected = expected;
    this.yaml = yaml;
  }

  /** One of them, the frequent ones more often. */
  static Kind any(Random random) {
    int all = 0;
    for (Kind kind : values()) {
      all += kind.weight;
    }
    int left = random.nextInt(all);
    for (Kind kind : values()) {
      left -= kind.weight;
      if (left < 0) {
        return kind;
      }
    }
    throw new AssertionError("the weights add up to more than they are");
  }

  /** How such a folder must end. */
  Expected expected() {
    return expected;
  }

  /** How many trials it says to have failed, from the first on, before it has its final state. */
  int ownFailures() {
    boolean says =
        (expected.isSuccess() && this != SLOW) || expected.kind().equals("exit") || this == SIGNAL;
    return says ? expected.trials() - (expected.isSuccess() ? 1 : 0) : 0;
  }

  /** The name of the step that fails; {@code -} where there are none. */
  String failingStep() {
    return this == STEPS ? "b" : "-";
  }

  /** The name of the last step; {@code -} where there are none. */
  String lastStep() {
    return this == STEPS ? "c" : "-";
  }

  /** Its folder file. */
  String folderFile() {
    String does =
        switch (this) {
          case LATER, SLOW, SIGNAL, HANGS, RESISTS, LEAVES, STUBBORN, WRITES ->
              name().toLowerCase(Locale.ROOT);
          case CHECK -> "writes";
          default -> "plain";
        };
    return yaml.formatted("exec $CRASH_WORK/body " + does) + "\n";
  }
}
