package org.jobfold.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jobfold.folder.Backoff;
import org.jobfold.folder.Change;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Retry;
import org.jobfold.folder.Retry.Kind;
import org.jobfold.folder.Settings;
import org.jobfold.retry.RetryRule.Again;
import org.jobfold.trial.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetryRuleTest {
  private static final Cause EXIT = new Cause.ExitCode(1);
  private static final Cause LATER = new Cause.ExitCode(75);
  private static final Cause FLAKY = new Cause.LaunchError("the file system does not answer");
  private static final Change TWICE = new Change(2, OptionalInt.empty());

  static Stream<Cause> own() {
    return Stream.of(
        EXIT,
        new Cause.Signal(11),
        new Cause.Timeout(Duration.ofHours(1)),
        new Cause.SuccessCheck("no 'done' in log"));
  }

  @ParameterizedTest
  @MethodSource("own")
  void failuresOfTheFolderItselfCountAgainstMaxtrialsAndAreTriedAgainAtOnce(Cause cause) {
    assertThat(delays(Retry.DEFAULT, cause)).containsExactly("0ms", "0ms");
  }

  @Test
  void aFullDiskIsWaitedForMuchLongerThanOtherLaunchErrorsAre() {
    Cause full = new Cause.NoRoom("/mnt", "make room");
    RetryRule rule = new RetryRule(1);
    JobFolder folder = JobFolder.shell("/a", "true");
    History history = History.NONE;
    for (int i = 1; i < RetryRule.WITHOUT_ROOM; i++) {
      RetryRule.Again again = rule.after(folder, history, full).orElseThrow();
      assertThat(again.delay()).isEqualTo(Duration.ofSeconds(10));
      history = again.history();
    }
    assertThat(history.own()).isZero();
    assertThat(rule.after(folder, history, full)).isEmpty();
  }

  @Test
  void theFoldersOwnMaxtrialsWin() {
    JobFolder folder = JobFolder.shell("/a", "true").with(Settings.DEFAULT.withMaxtrials(1));
    assertThat(new RetryRule(3).after(folder, History.NONE, EXIT)).isEmpty();
  }

  @Test
  void launchErrorsHaveABudgetOfTheirOwn() {
    assertThat(delays(Retry.DEFAULT, FLAKY)).containsExactly("1s", "1s");
    assertThat(delays(Retry.DEFAULT, FLAKY, EXIT, FLAKY, EXIT, EXIT))
        .as("maxtrials is reached by the third failure of the folder itself")
        .containsExactly("1s", "0ms", "1s", "0ms");
  }

  @Test
  void aLaunchErrorThatDoesNotPassIsFinal() {
    assertThat(delays(Retry.DEFAULT, new Cause.LaunchError("no program", Cause.Prospect.LASTING)))
        .isEmpty();
  }

  @Test
  void tryAgainLaterIsAnExitCodeLikeAnyOtherUnlessAskedFor() {
    assertThat(delays(Retry.DEFAULT, LATER)).containsExactly("0ms", "0ms");
    assertThat(delays(retry(OptionalInt.of(5)), LATER)).containsExactly("10s", "10s", "10s", "10s");
    assertThat(delays(retry(OptionalInt.of(5)), LATER, EXIT, LATER, EXIT, LATER, EXIT))
        .as("it costs no trial")
        .hasSize(5);
  }

  @Test
  void delaysGrowUpToTheLongest() {
    Backoff backoff = new Backoff(Duration.ofSeconds(10), 2, Duration.ofSeconds(30));
    Retry retry =
        new Retry(
            Optional.of(backoff), Retry.DEFAULT.worth(), Retry.ANY_CODE, 2, OptionalInt.of(5));
    assertThat(delays(retry, LATER)).containsExactly("10s", "20s", "30s", "30s");
    assertThat(delays(retry, LATER, LATER, FLAKY, EXIT, EXIT))
        .as("each budget has its own")
        .containsExactly("10s", "20s", "10s", "10s", "20s");
  }

  @Test
  void aDelayNeverOverflows() {
    assertThat(new Backoff(Duration.ofDays(1), 1e6, Duration.ofDays(36_500)).after(1_000_000))
        .isEqualTo(Duration.ofDays(36_500));
  }

  @Test
  void onlyTheCausesThatAreWorthIt() {
    Retry retry =
        new Retry(
            Optional.empty(),
            Map.of(Kind.EXIT, Change.NONE),
            Set.of(137, 139),
            3,
            OptionalInt.empty());
    assertThat(own().map(cause -> delays(retry, cause))).allMatch(List::isEmpty);
    assertThat(delays(retry, new Cause.ExitCode(137), new Cause.ExitCode(139), EXIT)).hasSize(2);
  }

  @Test
  void aTrialThatWasLostWithItsHostCostsNoTrialButNotForEver() {
    Cause lost = new Cause.NodeLost("host 'n2' does not answer");
    assertThat(delays(Retry.DEFAULT, lost)).containsExactly("0ms", "0ms", "0ms", "0ms");
    assertThat(delays(Retry.DEFAULT, lost, EXIT, lost, lost, lost, lost, EXIT, EXIT))
        .as("five in a row are too many, whatever was before")
        .hasSize(7);
    assertThat(delays(Retry.DEFAULT, lost, lost, EXIT, FLAKY, lost, lost, lost, lost, lost))
        .as("the fifth in a row")
        .hasSize(8);
  }

  @Test
  void howOftenItWasLostInARowIsKnownToWhoeverResumes() {
    Cause lost = new Cause.NodeLost("gone");
    JobFolder folder = JobFolder.shell("/a", "true");
    RetryRule rule = new RetryRule(1);
    History history = rule.history(folder, 4, List.of(lost, lost, lost, lost));
    assertThat(history).isEqualTo(new History(0, 0, 0, 0, 4, Change.NONE));
    assertThat(rule.after(folder, history, lost)).isEmpty();
    assertThat(rule.after(folder, rule.history(folder, 1, List.of(lost)), lost)).isPresent();
  }

  @Test
  void aRunThatStoppedAndAFolderThatIsGoneAreFinal() {
    assertThat(delays(Retry.DEFAULT, new Cause.Interrupted("signal 15"))).isEmpty();
    assertThat(delays(Retry.DEFAULT, new Cause.Vanished("gone"))).isEmpty();
  }

  @Test
  void changesAddUpAndHoldOnlyAfterTheirCause() {
    Retry retry =
        new Retry(
            Optional.empty(),
            Map.of(
                Kind.TIMEOUT,
                TWICE,
                Kind.EXIT,
                Change.NONE,
                Kind.SIGNAL,
                new Change(1, OptionalInt.of(8))),
            Retry.ANY_CODE,
            3,
            OptionalInt.empty());
    JobFolder folder =
        JobFolder.shell("/a", "true")
            .with(Settings.DEFAULT.withTimeout(Duration.ofHours(1)).withRetry(retry));
    History history = History.NONE;
    for (Cause cause :
        List.of(
            EXIT, new Cause.Timeout(Duration.ofHours(1)), new Cause.Timeout(Duration.ofHours(2)))) {
      history = new RetryRule(9).after(folder, history, cause).orElseThrow().history();
    }
    assertThat(history).isEqualTo(new History(3, 0, 0, 0, 0, new Change(4, OptionalInt.empty())));
    assertThat(history.change().of(folder).settings())
        .isEqualTo(folder.settings().withTimeout(Duration.ofHours(4)));
    history = new RetryRule(9).after(folder, history, new Cause.Signal(9)).orElseThrow().history();
    assertThat(history.change().of(folder).settings())
        .isEqualTo(folder.settings().withTimeout(Duration.ofHours(4)).withRanks(8));
  }

  @Test
  void aFolderWithoutATimeoutGetsNone() {
    JobFolder folder = JobFolder.shell("/a", "true");
    assertThat(TWICE.of(folder)).isEqualTo(folder);
    assertThat(Change.NONE.of(folder)).isSameAs(folder);
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new RetryRule(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Change(0.5, OptionalInt.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), 2, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Double.NaN, Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Retry retry(OptionalInt tempfail) {
    return new Retry(
        Optional.empty(), Retry.DEFAULT.worth(), Retry.ANY_CODE, Retry.DEFAULT.launch(), tempfail);
  }

  /**
   * The delays of a folder with three trials that fails for these causes, the last one for ever.
   */
  private static List<String> delays(Retry retry, Cause... causes) {
    JobFolder folder = JobFolder.shell("/a", "true").with(Settings.DEFAULT.withRetry(retry));
    RetryRule rule = new RetryRule(3);
    List<String> delays = new ArrayList<>();
    History history = History.NONE;
    for (int i = 0; i < 100; i++) {
      Optional<Again> again = rule.after(folder, history, causes[Math.min(i, causes.length - 1)]);
      if (again.isEmpty()) {
        return delays;
      }
      history = again.get().history();
      delays.add(org.jobfold.folder.Durations.text(again.get().delay()));
    }
    throw new AssertionError("it is tried for ever");
  }
}
