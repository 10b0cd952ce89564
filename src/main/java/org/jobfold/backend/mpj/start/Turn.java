package org.jobfold.backend.mpj.start;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Which one of several worlds that follow one another this is: what the starter tells rank 0, as
 * options of its virtual machine, and what rank 0 may answer by its exit code.
 *
 * @param began when the command was given to the first of them; empty in that one
 * @param next whether another may follow
 */
public record Turn(Optional<Instant> began, Next next) {
  /**
   * The exit code of a rank 0 that has left work which another world can do, and this one can not;
   * only where one may follow. It is that of {@code sysexits.h} for what may succeed later.
   */
  public static final int AGAIN = 75;

  /** A world that nobody follows, and that follows nobody. */
  public static final Turn ONLY = new Turn(Optional.empty(), Next.NONE);

  private static final String BEGAN = "jobfold.world.began";
  private static final String NEXT = "jobfold.world.next";

  /** Whether another world may follow. */
  public enum Next {
    /** None does. */
    NONE,
    /** If rank 0 asks for it. */
    POSSIBLE
  }

  /** What a rank 0 was told. */
  public static Turn of(Properties properties) {
    return new Turn(
        Optional.ofNullable(properties.getProperty(BEGAN)).map(Instant::parse),
        properties.getProperty(NEXT, "").equals(Next.POSSIBLE.name()) ? Next.POSSIBLE : Next.NONE);
  }

  /** How a rank 0 is told. */
  List<String> options() {
    List<String> options = new ArrayList<>();
    began.ifPresent(at -> options.add("-D" + BEGAN + "=" + at));
    if (next == Next.POSSIBLE) {
      options.add("-D" + NEXT + "=" + next);
    }
    return options;
  }
}
