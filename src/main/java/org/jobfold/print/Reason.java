package org.jobfold.print;

/**
 * Why a folder must run, or what is strange about one that need not.
 *
 * @param kind for programs
 * @param subject what it is about: an element such as {@code input in.melt} or {@code params
 *     temperature}; empty where it is the folder itself
 * @param detail what the system said; empty where there is nothing to say
 */
public record Reason(Kind kind, String subject, String detail) {
  /** The kinds of reasons. */
  public enum Kind {
    /** There is no record of a success. */
    NO_RECORD("there is no record of a success"),
    /** There is one that can not be used. */
    DAMAGED("the record of its last success is damaged"),
    /** It was begun after its last success, did not succeed, and nobody knows what it left. */
    NOT_SUCCEEDED("it was begun again after its last success, and did not succeed"),
    /** What it depends on has another value. */
    CHANGED(" changed"),
    /** It did not depend on it before. */
    NEW(" is new"),
    /** It does not depend on it any more. */
    GONE(" is gone"),
    /** A file that is named is not there. */
    MISSING(" is not there"),
    /** A file can not be read. */
    UNREADABLE(" can not be read"),
    /** What a predecessor makes is not known. */
    UNKNOWN(" runs, or ran without a fingerprint"),
    /** An input is not what it was when the folder was begun. */
    CHANGED_MEANWHILE(" changed while the folder ran: the folder runs again the next time");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** A reason with nothing to add. */
  public static Reason of(Kind kind, String subject) {
    return new Reason(kind, subject, "");
  }

  /** A reason that is about the folder itself. */
  public static Reason of(Kind kind) {
    return new Reason(kind, "", "");
  }

  /** The reason for people: {@code input in.melt changed}. */
  public String text() {
    return subject + kind.text + (detail.isEmpty() ? "" : " (" + detail + ")");
  }
}
