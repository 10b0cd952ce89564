package org.jobfold.print;

import java.util.List;

/** Whether a folder must run. */
public sealed interface Check {
  /**
   * It need not: all that it depends on is as at its last success, and so are its outputs.
   *
   * @param made what those that wait for it see
   * @param notes what is strange, such as an input that is not there, and was not then
   */
  record NeedNotRun(Digest made, List<Reason> notes) implements Check {
    /** Copies the list. */
    public NeedNotRun {
      notes = List.copyOf(notes);
    }
  }

  /**
   * It must.
   *
   * @param reasons why, at least one
   */
  record MustRun(List<Reason> reasons) implements Check {
    /** Copies the list; refuses none. */
    public MustRun {
      reasons = List.copyOf(reasons);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("a folder that must run has a reason");
      }
    }
  }

  /** It does not say what it reads, so that nobody can know: it runs in each new run. */
  record NoFingerprint() implements Check {}
}
