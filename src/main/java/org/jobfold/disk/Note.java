package org.jobfold.disk;

import java.util.Comparator;

/**
 * Why something that looks like a job folder would not run. Nothing is wrong with it.
 *
 * @param kind the reason, for programs
 * @param place the file or directory it is about, as the user would name it
 * @param message the reason, for people, and what to do
 */
public record Note(Kind kind, String place, String message) implements Comparable<Note> {
  private static final Comparator<Note> ORDER =
      Comparator.comparing(Note::place).thenComparing(Note::kind).thenComparing(Note::message);

  /** The reasons. */
  public enum Kind {
    /** The user switched it off. */
    TAGGED,
    /** There is a {@code run} or {@code run.sh}, but it may not be executed. */
    NOT_EXECUTABLE,
    /** A symbolic link to a directory: not followed. */
    LINK,
    /** A folder file with nothing to run, and nothing else to run in the folder. */
    SETTINGS_ONLY,
    /** Directories whose names begin with a dot: not entered. */
    HIDDEN,
    /** A param of the run that no folder file has, while they have others. */
    STRANGE_PARAM,
    /** A queue of the run that no folder is in. */
    UNUSED_QUEUE,
    /** A file with settings of runs that is not at the root: not read. */
    RUN_FILE
  }

  /** {@code place: message}. */
  public String text() {
    return place + ": " + message;
  }

  @Override
  public int compareTo(Note other) {
    return ORDER.compare(this, other);
  }
}
