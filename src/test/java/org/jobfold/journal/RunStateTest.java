package org.jobfold.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;
import org.junit.jupiter.api.Test;

class RunStateTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final FolderName A = new FolderName("/a");
  private static final Placement ON_NODE_1 =
      new Placement(List.of(new Placement.Share(new Host("node1"), List.of(0, 1))));
  private static final Cause CODE_2 = new Cause.ExitCode(2);
  private static final Cause STOPPED = new Cause.Interrupted("SIGTERM");

  @Test
  void nothingIsRecordedOfAFolderThatWaits() {
    assertThat(state().of(A)).isEqualTo(open(0, 0));
    assertThat(state().run()).isEmpty();
  }

  @Test
  void aSuccessIsTheFoldersOwnRecordAndNothingElse() {
    assertThat(state(order(1, 0), start(1, 0), end(1, 0)).succeeded(A)).isFalse();
    assertThat(state(order(1, 0), start(1, 0), end(1, 0), success(1)).of(A))
        .isEqualTo(FolderState.succeeded(1));
    assertThat(state(success(1)).succeeded(A)).isTrue();
    assertThat(state(order(1, 0), success(1), success(1)).succeeded(A)).isTrue();
  }

  @Test
  void whatRunsAtTheEndIsKnownWithItsProcessAndItsPlace() {
    assertThat(state(order(2, 1)).running())
        .containsEntry(
            A, new FolderState.Live(AT, 2, 1, OptionalInt.of(7), ON_NODE_1, OptionalLong.empty()));
    assertThat(state(order(2, 1), start(2, 1)).running())
        .containsEntry(
            A, new FolderState.Live(AT, 2, 1, OptionalInt.of(7), ON_NODE_1, OptionalLong.of(4712)));
    assertThat(state(order(2, 1), start(2, 1), end(2, 1)).running()).isEmpty();
    assertThat(state(order(2, 1), start(2, 1), success(2)).running()).isEmpty();
  }

  @Test
  void aStartWithoutItsOrderIsAProcessWithoutAPlace() {
    FolderState.Live placeless =
        new FolderState.Live(
            AT, 2, 1, OptionalInt.empty(), new Placement(List.of()), OptionalLong.of(4712));
    assertThat(state(start(2, 1)).running()).containsEntry(A, placeless);
    assertThat(state(order(1, 1), start(2, 1)).running()).containsEntry(A, placeless);
  }

  @Test
  void trialsThatWereLostOrInterruptedDoNotCount() {
    assertThat(state(order(1, 0), start(1, 0)).of(A).trials()).isZero();
    assertThat(state(order(1, 0), end(1, 0, STOPPED)).of(A).trials()).isZero();
    assertThat(state(order(1, 0), end(1, 0, CODE_2)).of(A).trials()).isEqualTo(1);
    assertThat(state(order(1, 0), end(1, 0, CODE_2), order(2, 0)).of(A).trials()).isEqualTo(1);
    assertThat(state(end(3, 0, CODE_2)).of(A).trials()).isEqualTo(3);
  }

  @Test
  void aPardonedTrialCountsAsLostWithItsHostAndALossIsOfItsRunOnly() {
    Host bad = new Host("bad");
    Entry pardon =
        new Entry.HostWithheld(AT, bad, "they fail", new TreeMap<>(Map.of(A, List.of(2, 9))));
    RunState state =
        state(end(1, 0, CODE_2), end(2, 0, CODE_2), pardon, order(3, 0), end(3, 0, CODE_2));
    assertThat(((FolderState.Open) state.of(A)).causes())
        .containsExactly(CODE_2, new Cause.NodeLost("folders fail on host 'bad'"), CODE_2);
    assertThat(state.withheld()).containsExactly((Entry.HostWithheld) pardon);
    Entry.RanksLost lost = new Entry.RanksLost(AT, bad, List.of(1), "silent");
    assertThat(state(lost, lost).lost()).containsExactly(lost);
    assertThat(state(pardon, new Entry.HostBack(AT, bad)).withheld()).isEmpty();
    Entry run = new Entry.RunStarted(AT, "n", 1, 1, 1, 1, "r");
    assertThat(state(lost, run).lost()).isEmpty();
    assertThat(state(pardon, run).withheld()).isEmpty();
    assertThat(state(success(1), pardon).succeeded(A)).isTrue();
  }

  @Test
  void stepsThatSucceededArePassedOver() {
    assertThat(state(order(1, 0), end(1, 0), order(1, 1), end(1, 1, CODE_2)).of(A))
        .isEqualTo(open(1, 1, CODE_2));
    assertThat(state(end(1, 2)).of(A)).isEqualTo(open(0, 3));
    assertThat(state(end(1, 2), order(2, 0)).of(A))
        .isInstanceOfSatisfying(FolderState.Open.class, open -> assertThat(open.step()).isZero());
  }

  @Test
  void anInterruptedFolderIsOpenWhereItWas() {
    assertThat(state(end(1, 0), order(1, 1), end(1, 1, STOPPED), failed(1, STOPPED)).of(A))
        .isEqualTo(open(0, 1));
    assertThat(state(success(1), failed(1, STOPPED)).of(A)).isEqualTo(open(0, 0));
  }

  @Test
  void aFailureIsKeptAsItIsRecorded() {
    RunState state = state(order(1, 0), end(1, 0, CODE_2), failed(1, CODE_2));
    assertThat(state.failures()).containsExactlyEntriesOf(java.util.Map.of(A, failure(1, CODE_2)));
    assertThat(state.of(A).trials()).isEqualTo(1);
  }

  @Test
  void theEndOfAnEarlierProcessSaysNothingOfTheOneThatRuns() {
    RunState state = state(order(2, 1), end(1, 1), end(2, 0));
    assertThat(state.running()).containsKey(A);
    assertThat(state(order(2, 1), end(2, 2)).of(A)).isEqualTo(open(1, 3));
  }

  @Test
  void aTrialAfterTheFinalStateMeansThatTheFolderWasTakenUpAgain() {
    assertThat(state(success(1), order(1, 0)).succeeded(A)).isFalse();
    assertThat(state(success(1), start(1, 0)).succeeded(A)).isFalse();
    assertThat(state(success(1), end(1, 0)).succeeded(A)).isFalse();
    assertThat(state(failed(1, CODE_2), order(1, 0)).failures()).isEmpty();
  }

  @Test
  void theLastFinalStateCounts() {
    assertThat(state(success(1), failed(2, CODE_2)).failures()).containsKey(A);
    assertThat(state(failed(2, CODE_2), success(3)).of(A)).isEqualTo(FolderState.succeeded(3));
  }

  @Test
  void theLastRunIsKnownAndWhetherItEnded() {
    Entry.RunStarted first = new Entry.RunStarted(AT, "node1", 1, 2, 3, 1, "r1");
    Entry.RunStarted second = new Entry.RunStarted(AT, "node2", 2, 2, 3, 2, "r2");
    Entry.RunEnded end = new Entry.RunEnded(AT, 0);
    assertThat(state(first, end).end()).contains(end);
    assertThat(state(first, end, second).end()).isEmpty();
    assertThat(state(first, end, second).run()).contains(second);
  }

  @Test
  void whyTrialsFailedIsKeptUntilTheFolderIsFinished() {
    Cause lasting = new Cause.LaunchError("no such program", Cause.Prospect.LASTING);
    RunState state =
        state(order(1, 0), end(1, 0, CODE_2), order(2, 0), end(2, 0, lasting), order(3, 0));
    assertThat(((FolderState.Open) state.of(A)).causes()).containsExactly(CODE_2, lasting);
    state.accept(end(3, 0, STOPPED));
    assertThat(state.of(A)).isEqualTo(open(2, 0, CODE_2, lasting));
    assertThat(state(order(1, 0), end(1, 0, CODE_2), order(1, 0), end(1, 0, lasting)).of(A))
        .as("a trial that was run once more")
        .isEqualTo(open(1, 0, lasting));
    assertThat(state(end(3, 0, CODE_2)).of(A)).as("lines are lost").isEqualTo(open(3, 0, CODE_2));
  }

  @Test
  void whatRanWhenTheRunWasLostIsOpenAndItsTrialDoesNotCount() {
    RunState state = state(order(1, 0), end(1, 0, CODE_2), order(2, 0), start(2, 0));
    state.lost(AT, "jobfold was killed");
    assertThat(state.running()).isEmpty();
    assertThat(state.of(A)).isEqualTo(open(1, 0, CODE_2));
  }

  @Test
  void whatWasDroppedCountsNoMoreUntilItIsTakenUpAgainAndIsKnownAllTheSame() {
    RunState state = new RunState();
    FolderName a = new FolderName("/a");
    FolderName bad = new FolderName("/bad");
    state.accept(new Entry.FolderSettled(AT, a, new FinalState(1, Optional.empty())));
    state.accept(new Entry.FolderSettled(AT, bad, FinalState.notRun(2, new Cause.ExitCode(1))));
    Entry.FoldersDropped.of(AT, List.of(a, bad)).forEach(state::accept);
    assertThat(state.counts(a)).isFalse();
    assertThat(state.succeeded(a)).isTrue();
    assertThat(state.failures()).isEmpty();
    RunState again = new RunState();
    state.snapshot(AT).forEach(again::accept);
    assertThat(again.counts(a)).isFalse();
    again.accept(new Entry.FolderReached(AT, a, 1, 0));
    assertThat(again.counts(a)).isTrue();
    again.count(a::equals);
    assertThat(again.counts(bad)).isFalse();
    again.count(any -> true);
    assertThat(again.failures()).containsOnlyKeys(bad);
  }

  @Test
  void howManyFoldersAreLeftIsCounted() {
    Entry.RunStarted run = new Entry.RunStarted(AT, "node1", 1, 2, 3, 1, "r1");
    assertThat(state(run, order(1, 0)).left()).isEqualTo(3);
    assertThat(state(run, order(1, 0), success(1)).left()).isEqualTo(2);
    assertThat(state(run, success(1), success(1), failed(1, CODE_2)).left()).isEqualTo(2);
    assertThat(state(run, success(1), order(1, 0)).left()).as("taken up again").isEqualTo(3);
    assertThat(state(run, success(1), new Entry.FoldersLeft(AT, 7)).left()).isEqualTo(7);
    assertThat(state(run, new Entry.RunEnded(AT, 1)).left()).isEqualTo(1);
  }

  @Test
  void whatFailedAndIsToRunAgainHasAllItsTrialsFromThenOn() {
    RunState state = state(end(1, 0, CODE_2), end(2, 0, CODE_2), failed(2, CODE_2));
    assertThat(state.takeUpAgain(AT, any -> true)).isEqualTo(1);
    assertThat(state.failures()).isEmpty();
    assertThat(state.of(A)).isEqualTo(since(2, 2, 0));
    state.accept(order(3, 0));
    state.accept(end(3, 0, STOPPED));
    assertThat(state.of(A)).as("interrupted").isEqualTo(since(2, 2, 0));
    state.accept(order(3, 0));
    state.accept(start(3, 0));
    state.lost(AT, "killed");
    assertThat(state.of(A)).as("killed").isEqualTo(since(2, 2, 0));
    state.accept(end(3, 1, CODE_2));
    state.accept(failed(3, STOPPED));
    assertThat(state.of(A)).isEqualTo(since(2, 3, 1, CODE_2));
    state.accept(failed(4, CODE_2));
    assertThat(state.takeUpAgain(AT, any -> true)).isEqualTo(1);
    assertThat(state.of(A)).isEqualTo(since(4, 4, 0));
  }

  @Test
  void aSnapshotKeepsWhatIsForgivenAndWhyTrialsFailedSince() {
    Cause signal = new Cause.Signal(9);
    List<Entry> entries =
        List.of(
            failed(2, CODE_2),
            Entry.FolderReached.anew(AT, A, 2),
            end(3, 0, signal),
            end(4, 0, CODE_2),
            order(5, 0),
            end(5, 0),
            order(5, 1));
    for (int length = 2; length <= entries.size(); length++) {
      RunState state = state(entries.subList(0, length).toArray(Entry[]::new));
      RunState again = state(state.snapshot(AT).toArray(Entry[]::new));
      assertThat(again.of(A)).as("%s entries", length).isEqualTo(state.of(A));
    }
    assertThat(state(entries.subList(0, 6).toArray(Entry[]::new)).of(A))
        .isEqualTo(since(2, 4, 1, signal, CODE_2));
  }

  @Test
  void whatIsBlockedIsTakenUpAgainAlsoWhereNothingIsForgiven() {
    FolderName blocked = new FolderName("/blocked");
    FolderName gone = new FolderName("/gone");
    Cause upstream = new Cause.Upstream(new TreeSet<>(List.of(A)));
    RunState state = state(failed(2, CODE_2));
    state.accept(new Entry.FolderSettled(AT, blocked, FinalState.notRun(1, upstream)));
    state.accept(new Entry.FolderSettled(AT, gone, FinalState.notRun(3, CODE_2)));
    state.count(name -> !name.equals(gone));
    assertThat(state.takeUpAgain(AT, none -> false)).isZero();
    assertThat(state.failures()).containsOnlyKeys(A);
    assertThat(state.of(blocked)).isEqualTo(since(1, 1, 0));
    assertThat(state.takeUpAgain(AT, any -> true)).isEqualTo(1);
    assertThat(state.of(gone)).as("is not run").isInstanceOf(FolderState.Failed.class);
  }

  @Test
  void aRunThatWasCompleteIsNotWhenFoldersAreTakenUpAgain() {
    Entry.RunStarted run = new Entry.RunStarted(AT, "node1", 1, 2, 1, 1, "r1");
    RunState state = state(run, failed(2, CODE_2), new Entry.RunEnded(AT, 0));
    state.takeUpAgain(AT, any -> true);
    RunState again = state(state.snapshot(AT).toArray(Entry[]::new));
    assertThat(again.end()).contains(new Entry.RunEnded(AT, 1));
    assertThat(again.left()).isEqualTo(1);
  }

  @Test
  void aTrialAfterAFinalStateBeginsAllTrialsAnew() {
    assertThat(state(failed(2, CODE_2), end(3, 0, CODE_2)).of(A)).isEqualTo(since(2, 3, 0, CODE_2));
    assertThat(state(success(2), end(3, 0, CODE_2)).of(A)).isEqualTo(since(2, 3, 0, CODE_2));
    assertThat(state(failed(2, CODE_2), end(1, 0, CODE_2)).of(A)).isEqualTo(open(1, 0, CODE_2));
  }

  @Test
  void trialsArePardonedByTheirNumberAlsoAfterOthersWereForgiven() {
    Host bad = new Host("bad");
    Entry pardon =
        new Entry.HostWithheld(AT, bad, "they fail", new TreeMap<>(Map.of(A, List.of(1, 4))));
    assertThat(
            state(failed(2, CODE_2), end(3, 0, CODE_2), end(4, 0, CODE_2), pardon, end(5, 0)).of(A))
        .isEqualTo(since(2, 4, 1, CODE_2, new Cause.NodeLost("folders fail on host 'bad'")));
  }

  private static FolderState.Open since(int forgiven, int trials, int step, Cause... causes) {
    return new FolderState.Open(trials, step, forgiven, List.of(causes), Optional.empty());
  }

  private static FolderState.Open open(int trials, int step, Cause... causes) {
    return new FolderState.Open(trials, step, 0, List.of(causes), Optional.empty());
  }

  private static RunState state(Entry... entries) {
    RunState state = new RunState();
    List.of(entries).forEach(state::accept);
    return state;
  }

  private static Entry order(int trial, int step) {
    return new Entry.TrialOrdered(AT, new TrialId(A, trial, step), ON_NODE_1, 7);
  }

  private static Entry start(int trial, int step) {
    return new Entry.TrialStarted(AT, new TrialId(A, trial, step), 4712);
  }

  private static Entry end(int trial, int step) {
    return end(new TrialId(A, trial, step), Outcome.success());
  }

  private static Entry end(int trial, int step, Cause cause) {
    return end(new TrialId(A, trial, step), Outcome.failed(cause));
  }

  private static Entry end(TrialId id, Outcome outcome) {
    return new Entry.TrialEnded(AT, id, outcome, Usage.none(AT), "stdout", "stderr");
  }

  private static Entry success(int trials) {
    return new Entry.FolderSettled(AT, A, new FinalState(trials, Optional.empty()));
  }

  private static Entry failed(int trials, Cause cause) {
    return new Entry.FolderSettled(
        AT, A, new FinalState(trials, Optional.of(failure(trials, cause))));
  }

  private static Failure failure(int trials, Cause cause) {
    return new Failure(cause, trials, Usage.none(AT), "stdout", "stderr", "", List.of());
  }
}
