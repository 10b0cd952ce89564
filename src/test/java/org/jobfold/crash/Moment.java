package org.jobfold.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** When jobfold is hit. */
sealed interface Moment {
  /** Whether it has come. */
  boolean hasCome(Life life, JournalWatch journal);

  /** After a time. */
  record After(Duration time) implements Moment {
    @Override
    public boolean hasCome(Life life, JournalWatch journal) {
      return life.age() >= time.toNanos();
    }
  }

  /** When the journal has got so many more lines of an event. */
  record Line(String event, int count) implements Moment {
    @Override
    public boolean hasCome(Life life, JournalWatch journal) {
      return journal.count(event) >= count;
    }
  }

  /** When the journal gets its name. */
  record Begun() implements Moment {
    @Override
    public boolean hasCome(Life life, JournalWatch journal) {
      return journal.exists();
    }
  }

  /**
   * When files in {@code .jobfold} have come or gone so often, but not after the journal is begun:
   * they are those of the begin.
   */
  record Files(Path state, int changes, Seen seen) implements Moment {
    static Files any(Path state, Random random) {
      return new Files(state, 1 + random.nextInt(8), new Seen(names(state)));
    }

    @Override
    public boolean hasCome(Life life, JournalWatch journal) {
      List<String> now = names(state);
      if (!now.equals(seen.names)) {
        seen.names = now;
        seen.changes++;
      }
      return seen.changes >= changes || journal.count("order") > 0;
    }

    @Override
    public String toString() {
      return "Files[changes=" + changes + "]";
    }

    private static List<String> names(Path state) {
      String[] names = state.toFile().list();
      return names == null ? List.of() : List.copyOf(new TreeSet<>(Arrays.asList(names)));
    }

    /** What was seen so far. */
    static final class Seen {
      private List<String> names;
      private int changes;

      Seen(List<String> names) {
        this.names = names;
      }
    }
  }
}
