package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jobfold.folder.FolderName;
import org.jobfold.journal.Entry;
import org.jobfold.journal.RunState;
import org.jobfold.spi.Orders;
import org.jobfold.trial.Cause;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;
import org.junit.jupiter.api.Test;

class WithoutRoomTest {
  private static final Instant AT = Instant.EPOCH;
  private static final Cause FULL = new Cause.NoRoom("/tree/a", "exit code 1, and it is full");

  private final RunState state = new RunState();

  @Test
  void namesFoldersWhoseLastTrialFailedForWantOfRoomAndThatHaveAnother() {
    fail("/a", 1, FULL);
    fail("/b", 1, FULL);
    fail("/c", 1, FULL);
    fail("/c", 2, new Cause.ExitCode(1));
    assertThat(WithoutRoom.of(state).line())
        .contains(
            "no room: 2 folders failed for want of room, which cost no trial:"
                + " exit code 1, and it is full");
  }

  @Test
  void notThoseThatRunNowOrHaveFailedForGood() {
    fail("/a", 1, FULL);
    order("/a", 2);
    fail("/b", 60, FULL);
    state.accept(new Entry.FolderSettled(AT, new FolderName("/b"), FinalState.notRun(60, FULL)));
    assertThat(WithoutRoom.of(state)).isEqualTo(WithoutRoom.NONE);
    assertThat(WithoutRoom.NONE.line()).isEmpty();
  }

  private void order(String folder, int trial) {
    state.accept(
        new Entry.TrialOrdered(
            AT, new TrialId(new FolderName(folder), trial, 0), Orders.ranks("here", 1), 0));
  }

  private void fail(String folder, int trial, Cause cause) {
    order(folder, trial);
    state.accept(
        new Entry.TrialEnded(
            AT,
            new TrialId(new FolderName(folder), trial, 0),
            Outcome.failed(cause),
            Usage.none(AT),
            "",
            ""));
  }
}
