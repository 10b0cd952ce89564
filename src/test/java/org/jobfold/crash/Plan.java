package org.jobfold.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/**
 * Chooses the moments: at the very start of a life, at changes of files, just after certain lines
 * of the journal, at any time, and at the very end. While there are folders to run it spreads the
 * blows over them; the last ones are kept for when all is done.
 */
final class Plan {
  private static final String[] EVENTS = {"order", "start", "end", "folder"};
  private static final int AT_THE_END = 3;
  private static final long LONGEST = 600_000_000;

  private final Random random;
  private final Path state;
  private long toFirstLine = 500_000_000;

  Plan(Random random, Path state) {
    this.random = random;
    this.state = state;
  }

  /** How long it took from the start of a life to its first line in the journal. */
  void learn(long nanoseconds) {
    toFirstLine = nanoseconds;
  }

  /**
   * The next one.
   *
   * @param left how many blows there are still to be, with this one
   * @param open how many folders are without a final state
   */
  Strike next(int left, int open) {
    Moment moment = open > 0 && left > AT_THE_END ? during(left - AT_THE_END, open) : atTheEnd();
    return new Strike(moment, Blow.any(random), random.nextInt(400_000_000));
  }

  private Moment during(int left, int open) {
    int share = Math.max(1, open / left);
    int choice = random.nextInt(100);
    if (choice < 14) {
      return after((long) (random.nextDouble() * toFirstLine));
    } else if (choice < 22) {
      return Moment.Files.any(state, random);
    } else if (choice < 26) {
      return new Moment.Begun();
    } else if (choice < 30) {
      return new Moment.Line("run", 1);
    } else if (choice < 70) {
      String event = EVENTS[random.nextInt(EVENTS.length)];
      return new Moment.Line(event, 1 + random.nextInt(2 * share));
    }
    return after(toFirstLine + (long) (random.nextDouble() * LONGEST));
  }

  private Moment atTheEnd() {
    return switch (random.nextInt(4)) {
      case 0 -> new Moment.Line("over", 1);
      case 1 -> Moment.Files.any(state, random);
      default -> after((long) (random.nextDouble() * 1.2 * toFirstLine));
    };
  }

  private static Moment after(long nanoseconds) {
    return new Moment.After(Duration.ofNanos(nanoseconds));
  }
}
