package org.jobfold.submit;

import java.time.Duration;
import java.util.List;

/**
 * Runs commands of the batch system. An implementation MUST give an answer within the time limit
 * and a little more, end what it has started then, and never throw for what a command does.
 */
@FunctionalInterface
public interface Commands {
  /**
   * Runs a command to its end.
   *
   * @param words the program, found by {@code PATH}, and its arguments
   * @param limit how long it may take
   */
  Said run(List<String> words, Duration limit);

  /** What came of a command. */
  sealed interface Said {
    /** Why there is no answer; empty if there is one. */
    default String trouble() {
      return "";
    }
  }

  /**
   * It has ended.
   *
   * @param code its exit code
   * @param out what it wrote to standard output
   * @param err what it wrote to standard error
   */
  record Ended(int code, String out, String err) implements Said {
    @Override
    public String trouble() {
      return code == 0 ? "" : err.isBlank() ? "exit code " + code : oneLine(err);
    }

    private static String oneLine(String text) {
      return String.join("; ", text.strip().lines().map(String::strip).toList());
    }
  }

  /**
   * It could not be started.
   *
   * @param why for people
   */
  record NotStarted(String why) implements Said {
    @Override
    public String trouble() {
      return why;
    }
  }

  /**
   * It took too long, and was ended: whether it has done what it was to do is not known.
   *
   * @param limit how long it could take
   */
  record TimedOut(Duration limit) implements Said {
    @Override
    public String trouble() {
      return "no answer within " + limit.toSeconds() + "s";
    }
  }
}
