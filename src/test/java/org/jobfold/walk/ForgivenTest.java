package org.jobfold.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.journal.Entry;
import org.jobfold.journal.RunState;
import org.jobfold.retry.RetryRule;
import org.jobfold.trial.Cause;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;
import org.junit.jupiter.api.Test;

/** Folders that had failed for good and have all their trials once more, across runs. */
class ForgivenTest {
  private static final Instant AT = Instant.EPOCH;
  private static final FolderName A = new FolderName("/a");
  private static final Cause EXIT = new Cause.ExitCode(1);
  private static final JobTree TREE = JobTree.of(JobFolder.shell("/a", "false"));

  @Test
  void allTrialsOnceMoreCountedFromThenOn() {
    RunState state = failedTwice();
    state.takeUpAgain(AT, any -> true);
    Simulation world = world(state, 2);
    world.fail("/a", 1).fail("/a", 1);
    assertThat(world.launched).extracting(TrialId::number).containsExactly(3, 4);
    assertThat(world.failure("/a").trials()).isEqualTo(4);
  }

  @Test
  void whereverTheRunWasKilledTheyAreAllTheTrialsThereAre() {
    for (int before = 0; before < 3; before++) {
      RunState state = failedTwice();
      state.takeUpAgain(AT, any -> true);
      for (int trial = 3; trial < 3 + before; trial++) {
        state.accept(
            new Entry.TrialEnded(
                AT, new TrialId(A, trial, 0), Outcome.failed(EXIT), Usage.none(AT), "", ""));
      }
      RunState read = new RunState();
      state.snapshot(AT).forEach(read::accept);
      Simulation world = world(read, 3);
      for (int trial = 3 + before; trial <= 5; trial++) {
        world.fail("/a", 1);
      }
      assertThat(world.failure("/a").trials()).as("killed after %s", before).isEqualTo(5);
    }
  }

  @Test
  void causesAfterwardsKeepTheirOwnBudgets() {
    RunState state = failedTwice();
    state.takeUpAgain(AT, any -> true);
    Cause launch = new Cause.LaunchError("no room", Cause.Prospect.MAY_PASS);
    state.accept(
        new Entry.TrialEnded(
            AT, new TrialId(A, 3, 0), Outcome.failed(launch), Usage.none(AT), "", ""));
    Simulation world = world(state, 2);
    world.fail("/a", 1).fail("/a", 1);
    assertThat(world.launched).extracting(TrialId::number).containsExactly(4, 5);
  }

  @Test
  void theFirstTrialAfterwardsRepeatsNothing() {
    RunState state = failedTwice();
    state.takeUpAgain(AT, any -> true);
    Simulation world = world(state, 2);
    assertThat(world.walk.tally().retries()).isZero();
    world.fail("/a", 1);
    assertThat(world.walk.tally().retries()).isEqualTo(1);
  }

  @Test
  void whatNobodyForgivesStaysFailed() {
    RunState state = failedTwice();
    assertThat(state.takeUpAgain(AT, none -> false)).isZero();
    Simulation world = world(state, 3);
    assertThat(world.launched).isEmpty();
    assertThat(world.walk.tally().failed()).isEqualTo(1);
  }

  private static RunState failedTwice() {
    RunState state = new RunState();
    state.accept(new Entry.FolderSettled(AT, A, FinalState.notRun(2, EXIT)));
    return state;
  }

  private static Simulation world(RunState state, int maxtrials) {
    WalkRules rules =
        new WalkRules(new Sharing.Equal(1), new RetryRule(maxtrials), Duration.ofSeconds(10));
    return new Simulation(rules, TREE, new Past(state), 1).step();
  }
}
