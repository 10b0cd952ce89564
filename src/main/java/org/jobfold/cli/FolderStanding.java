package org.jobfold.cli;

import java.util.Locale;
import java.util.Optional;
import org.jobfold.disk.Sight;
import org.jobfold.folder.JobFolder;
import org.jobfold.journal.FolderState;
import org.jobfold.journal.RunState;
import org.jobfold.trial.Failure;

/**
 * How it is with one folder of a tree, by the journal of the run that goes on, or of the last one.
 *
 * @param state in one word
 * @param trials how many it has had that count, or has begun
 * @param failure why it failed or is blocked; absent if it did not
 */
record FolderStanding(State state, int trials, Optional<Failure> failure) {
  /** How it can be with a folder. */
  enum State {
    /** It has succeeded. */
    SUCCEEDED("palegreen"),
    /** It failed for good. */
    FAILED("salmon"),
    /** It was not run because of folders upstream. */
    BLOCKED("orange"),
    /** It has a process now. */
    RUNNING("lightskyblue"),
    /** It has no final state in the run that goes on, or has begun in one that is over. */
    WAITING("lightyellow"),
    /** It need not run. */
    SKIPPED("darkseagreen1"),
    /** It is switched off. */
    TAGGED("lightgray"),
    /** It has never been run. */
    NEVER("white");

    private final String colour;

    State(String colour) {
      this.colour = colour;
    }

    /** For machines; never changes. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What Graphviz fills its box with. */
    String colour() {
      return colour;
    }
  }

  /** That of a folder. */
  static FolderStanding of(JobFolder folder, Sight sight) {
    RunState run = sight.account().state();
    FolderState state = run.of(folder.name());
    if (folder.tagged()) {
      return new FolderStanding(State.TAGGED, state.trials(), Optional.empty());
    }
    if (state instanceof FolderState.Succeeded) {
      return new FolderStanding(State.SUCCEEDED, state.trials(), Optional.empty());
    }
    if (state instanceof FolderState.Skipped) {
      return new FolderStanding(State.SKIPPED, 0, Optional.empty());
    }
    if (state instanceof FolderState.Failed failed) {
      Failure failure = failed.failure();
      return new FolderStanding(
          failure.blocked() ? State.BLOCKED : State.FAILED, state.trials(), Optional.of(failure));
    }
    return open((FolderState.Open) state, sight.state());
  }

  private static FolderStanding open(FolderState.Open open, Sight.State run) {
    boolean goesOn = run == Sight.State.RUNNING;
    if (goesOn && open.live().isPresent()) {
      return new FolderStanding(State.RUNNING, open.live().get().trial(), Optional.empty());
    }
    boolean begun = open.trials() > 0 || open.step() > 0 || open.live().isPresent();
    return new FolderStanding(
        goesOn || begun ? State.WAITING : State.NEVER, open.trials(), Optional.empty());
  }

  /** The state, and why, for people. */
  String text() {
    return state.word()
        + failure
            .map(why -> (why.blocked() ? ", " : ": ") + Words.line(why.cause().text()))
            .orElse("");
  }
}
