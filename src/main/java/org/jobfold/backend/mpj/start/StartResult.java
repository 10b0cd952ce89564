package org.jobfold.backend.mpj.start;

/**
 * What came of a world.
 *
 * @param kind whether it stood, or whether trying again is of use
 * @param code with which the starter ends
 * @param trouble why it did not stand; empty if it did
 */
record StartResult(Kind kind, int code, String trouble) {
  /** What was to be done is not done, and can be gone on with. */
  static final int INCOMPLETE = 3;

  private static final int REFUSED = 2;

  /** What can be done. */
  enum Kind {
    /** It is over. */
    OVER,
    /** It did not stand, and will not. */
    REFUSED,
    /** It did not stand, and may the next time. */
    AGAIN
  }

  static StartResult code(int code) {
    return new StartResult(Kind.OVER, code, "");
  }

  static StartResult refused(String trouble) {
    return new StartResult(Kind.REFUSED, REFUSED, trouble);
  }

  static StartResult again(String trouble) {
    return new StartResult(Kind.AGAIN, REFUSED, trouble);
  }
}
