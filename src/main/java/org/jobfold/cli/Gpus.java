package org.jobfold.cli;

import java.util.List;

/** Which GPUs a run shares out among its folders. */
public sealed interface Gpus {
  /** None: folders see what jobfold sees. */
  Gpus NONE = new None();

  /** Those that the allocation has. */
  Gpus GIVEN = new Given();

  /** None. */
  record None() implements Gpus {}

  /** Those of the allocation. */
  record Given() implements Gpus {}

  /**
   * Those that the user names.
   *
   * @param ids of each host
   */
  record Named(List<String> ids) implements Gpus {
    /** Copies the list. */
    public Named {
      ids = List.copyOf(ids);
    }
  }
}
