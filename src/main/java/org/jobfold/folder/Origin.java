package org.jobfold.folder;

/**
 * Where a value was written, for messages. It is no part of the value: any two are equal, so that
 * values that differ in this alone are equal.
 */
public final class Origin {
  /** Not written in a file. */
  public static final Origin NOWHERE = new Origin("", 0);

  private final String place;
  private final int line;

  private Origin(String place, int line) {
    this.place = place;
    this.line = line;
  }

  /**
   * A place in a file.
   *
   * @param place the file, as the user would name it
   * @param line from 1 on; 0 where it is not known
   */
  public static Origin in(String place, int line) {
    return new Origin(place, line);
  }

  /**
   * A problem with what was written here.
   *
   * @param otherwise the place to name for what is not in a file
   */
  public Problem problem(String otherwise, String message) {
    return new Problem(place.isEmpty() ? otherwise : place, line, message);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Origin;
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return line > 0 ? place + ":" + line : place;
  }
}
