package org.jobfold.schedule;

/** What has become of a vertex. */
public enum JobStatus {
  /** It ran, and did what it should. */
  SUCCEEDED(Standing.GOOD),
  /** It ran, and what it made is as it was before. */
  UNCHANGED(Standing.GOOD),
  /** It need not run. */
  SKIPPED(Standing.GOOD),
  /** It asked to be tried again later, until there was no other turn. */
  NOT_READY(Standing.BAD),
  /** It ran and did not do what it should, or it could not be run. */
  FAILED(Standing.BAD),
  /** It was not run, because of vertices before it. */
  BLOCKED(Standing.BAD),
  /** It was ended because the whole run was. */
  INTERRUPTED(Standing.BAD);

  private enum Standing {
    GOOD,
    BAD
  }

  private final Standing standing;

  JobStatus(Standing standing) {
    this.standing = standing;
  }

  /** Whether those that come after may run. */
  public boolean isGood() {
    return standing == Standing.GOOD;
  }
}
