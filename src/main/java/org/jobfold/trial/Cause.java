package org.jobfold.trial;

import java.time.Duration;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jobfold.folder.Durations;
import org.jobfold.folder.FolderName;

/** Why a trial failed. */
public sealed interface Cause {
  /** Whether a cause can go away by itself. */
  enum Prospect {
    /** It may: a file system that does not answer, a table of processes that is full. */
    MAY_PASS,
    /** It does not: a program that is missing. */
    LASTING
  }

  /** One word that names the kind of cause for machines; never changes. */
  String kind();

  /** The cause for people: lower case, no full stop. */
  String text();

  /** Whether a program that has no room for its files may end so. */
  default boolean mayBeForWantOfRoom() {
    return this instanceof ExitCode
        || this instanceof Signal
        || this instanceof SuccessCheck
        || this instanceof Thrown;
  }

  /**
   * The process ended by itself with a code that the success check does not accept.
   *
   * @param code 0 to 255
   */
  record ExitCode(int code) implements Cause {
    @Override
    public String kind() {
      return "exit";
    }

    @Override
    public String text() {
      return "exit code " + code;
    }
  }

  /**
   * The process was ended by a signal that did not come from jobfold.
   *
   * @param number the signal, such as 9
   */
  record Signal(int number) implements Cause {
    @Override
    public String kind() {
      return "signal";
    }

    @Override
    public String text() {
      return "signal " + SignalNames.text(number);
    }
  }

  /**
   * The trial took longer than the folder's timeout and was ended.
   *
   * @param limit the timeout
   */
  record Timeout(Duration limit) implements Cause {
    @Override
    public String kind() {
      return "timeout";
    }

    @Override
    public String text() {
      return "timeout after " + Durations.text(limit);
    }
  }

  /**
   * The process could not be started.
   *
   * @param reason what the system said, and what to do
   * @param prospect whether another attempt may go better
   */
  record LaunchError(String reason, Prospect prospect) implements Cause {
    /** One that may pass. */
    public LaunchError(String reason) {
      this(reason, Prospect.MAY_PASS);
    }

    @Override
    public String kind() {
      return "launch";
    }

    @Override
    public String text() {
      return "launch error: " + reason;
    }
  }

  /**
   * It failed, or could not be started, and there was no room for files: the disk is full, or a
   * quota is used up. No fault of the folder, which has much more time for somebody to make room.
   *
   * @param directory where nothing could be written, on the host that it ran on; empty where that
   *     is not known
   * @param reason how it failed and what is full, for people
   */
  record NoRoom(String directory, String reason) implements Cause {
    @Override
    public String kind() {
      return "room";
    }

    @Override
    public String text() {
      return "no room: " + reason;
    }
  }

  /**
   * The exit code was accepted, the rest of the success check was not.
   *
   * @param reason what was missing
   */
  record SuccessCheck(String reason) implements Cause {
    @Override
    public String kind() {
      return "check";
    }

    @Override
    public String text() {
      return "success check: " + reason;
    }
  }

  /**
   * A program's own code that was to run inside this process, or to judge a trial, threw an
   * exception.
   *
   * @param reason what threw, and what
   */
  record Thrown(String reason) implements Cause {
    /** What some part of the program threw. */
    public static Thrown by(String part, Throwable thrown) {
      return new Thrown(part + " threw " + thrown);
    }

    @Override
    public String kind() {
      return "thrown";
    }

    @Override
    public String text() {
      return "exception: " + reason;
    }
  }

  /**
   * The run stopped before the trial had ended; costs no trial.
   *
   * @param reason why the run stopped
   */
  record Interrupted(String reason) implements Cause {
    @Override
    public String kind() {
      return "interrupted";
    }

    @Override
    public String text() {
      return "interrupted: " + reason;
    }
  }

  /**
   * The host that it ran on, or what stood for its ranks there, was lost; costs no trial.
   *
   * @param reason which host, and how that was noticed
   */
  record NodeLost(String reason) implements Cause {
    /** The same of a folder that was lost with its host so many times in a row. */
    public NodeLost inARow(int times) {
      return new NodeLost(
          reason + "; that makes " + times + " in a row: the folder may be what ends the hosts");
    }

    @Override
    public String kind() {
      return "node";
    }

    @Override
    public String text() {
      return "node lost: " + reason;
    }
  }

  /**
   * The folder was gone, or had nothing to run any more, when its turn came.
   *
   * @param reason what was found instead
   */
  record Vanished(String reason) implements Cause {
    @Override
    public String kind() {
      return "vanished";
    }

    @Override
    public String text() {
      return "vanished: " + reason;
    }
  }

  /**
   * It was not run, because folders upstream did not succeed.
   *
   * @param origins those of them that failed themselves, or are switched off; not those that were
   *     blocked in turn
   */
  record Upstream(SortedSet<FolderName> origins) implements Cause {
    private static final int SHOWN = 3;

    /** Refuses to blame nobody. The set is shared by all whom the same folders block. */
    public Upstream {
      if (origins.isEmpty()) {
        throw new IllegalArgumentException("a folder is blocked by at least one other");
      }
    }

    @Override
    public String kind() {
      return "upstream";
    }

    @Override
    public String text() {
      String shown =
          origins.stream().limit(SHOWN).map(FolderName::path).collect(Collectors.joining(", "));
      int more = origins.size() - SHOWN;
      return "upstream: " + shown + (more > 0 ? " and " + more + " more" : "") + " did not succeed";
    }
  }
}
