package org.jobfold.folder;

/**
 * What a folder waits for: one entry of its {@code depends}.
 *
 * @param pattern the name of a folder, or a {@link Glob} for names; relative to the folder that
 *     waits, or from the root
 * @param after how those folders must have ended
 * @param origin where it was written
 */
public record Dependency(String pattern, After after, Origin origin) {
  /** Refuses a pattern that says nothing. */
  public Dependency {
    if (pattern.isBlank()) {
      throw new IllegalArgumentException("a dependency names no folder: write its name or a glob");
    }
  }

  /** Waits for the success of these folders. */
  public static Dependency on(String pattern) {
    return new Dependency(pattern, After.SUCCESS, Origin.NOWHERE);
  }

  /** Waits for the end of these folders, whatever comes of them. */
  public static Dependency afterAny(String pattern) {
    return new Dependency(pattern, After.ANY, Origin.NOWHERE);
  }
}
