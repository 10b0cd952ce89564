package org.jobfold.submit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Slurm calls a batch job.
 *
 * @param number decimal
 * @param cluster where it is; empty on the usual one
 */
public record JobId(String number, String cluster) {
  private static final Pattern PARSABLE = Pattern.compile("([0-9]+)(?:;([\\w.-]+))?");

  /** Holds a number. */
  public JobId {
    if (!number.matches("[0-9]+")) {
      throw new IllegalArgumentException("'" + number + "' is no job id");
    }
  }

  /**
   * What {@code sbatch --parsable} says: {@code 4711} or {@code 4711;cluster}, maybe after lines of
   * a site's own.
   */
  public static Optional<JobId> ofSbatch(String out) {
    return out.lines()
        .map(line -> PARSABLE.matcher(line.strip()))
        .filter(Matcher::matches)
        .map(found -> new JobId(found.group(1), found.group(2) == null ? "" : found.group(2)))
        .reduce((first, second) -> second);
  }
}
