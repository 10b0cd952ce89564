package org.jobfold.schedule;

/** What a job says of itself at its end, when it did not fail. */
public enum Said {
  /** It did what it should. */
  DONE,
  /** It did, and what it made is as it was before. */
  UNCHANGED,
  /** It found that it need not have run. */
  SKIPPED,
  /** It can not do it yet: a {@link Collector} may give it another turn. */
  NOT_READY
}
