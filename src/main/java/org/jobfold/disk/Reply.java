package org.jobfold.disk;

import java.util.Optional;

/** What comes of asking the run of a tree. */
public sealed interface Reply {
  /** The run has answered. */
  record Answered(Answer answer) implements Reply {}

  /**
   * No run has the tree.
   *
   * @param stale who has left a lock behind, if there is one
   */
  record NoRun(Optional<LockHolder> stale) implements Reply {}

  /** The run ended, or was lost, before it answered. */
  record Lost() implements Reply {}

  /** The run did not answer in time, and has not seen the request: it never will. */
  record Withdrawn() implements Reply {}

  /** The run has taken the request, and did not answer in time: it may still do what it asks. */
  record Unanswered() implements Reply {}
}
