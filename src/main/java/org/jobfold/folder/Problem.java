package org.jobfold.folder;

import java.util.Comparator;

/**
 * Something in the input that keeps a run from starting.
 *
 * @param place the file, folder or option it is about, as the user would name it
 * @param line the line of the file, from 1 on; 0 where there is none
 * @param message what is wrong, why, and what to do: lower case, objects in quotes
 */
public record Problem(String place, int line, String message) implements Comparable<Problem> {
  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::place)
          .thenComparingInt(Problem::line)
          .thenComparing(Problem::message);

  /** A problem with something that has no lines. */
  public static Problem of(String place, String message) {
    return new Problem(place, 0, message);
  }

  /** A problem with a folder, whatever file says it. */
  public static Problem of(FolderName folder, String message) {
    return of("folder '" + folder + "'", message);
  }

  /** {@code place:line: message}. */
  public String text() {
    return (line > 0 ? place + ":" + line : place) + ": " + message;
  }

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }
}
