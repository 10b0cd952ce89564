package org.jobfold.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jobfold.comm.Communicator;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.retry.RetryRule;
import org.jobfold.spi.Advice;
import org.jobfold.spi.SessionEvent;
import org.jobfold.spi.Verdict;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.Tally;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;
import org.junit.jupiter.api.Test;

/** What a walk does with advice; what it wants is written down as it comes. */
class AdviceTest {
  private final List<String> account = new ArrayList<>();
  private Function<String, Advice> advice = name -> new Advice.Run(folder(name));
  private Function<String, Verdict> verdict = name -> new Verdict.Accept();
  private Walk walk = new Walk(rules(1), JobTree.of());

  @Test
  void aFolderIsAskedAboutWhenItsTurnComesAndWhenItHasEnded() {
    begin(folder("/a"), folder("/b").dependingOn(Dependency.on("/a")));
    end("/a", Outcome.success());
    end("/b", Outcome.success());
    assertThat(account)
        .containsExactly(
            "before /a",
            "launch /a",
            "after /a",
            "/a succeeded",
            "before /b",
            "launch /b",
            "after /b",
            "/b succeeded");
    assertThat(walk.finished()).isTrue();
  }

  @Test
  void whatNeedNotRunTakesNoRanksAndChainsOfItCollapse() {
    advice =
        name -> name.equals("/c") ? new Advice.Run(folder(name)) : new Advice.Skip("unchanged");
    begin(
        folder("/a"),
        folder("/b").dependingOn(Dependency.on("/a")),
        folder("/c").dependingOn(Dependency.on("/b")));
    assertThat(account)
        .containsExactly(
            "before /a", "/a skipped", "before /b", "/b skipped", "before /c", "launch /c");
    assertThat(walk.tally()).isEqualTo(new Tally(0, 1, 0, 0, 0, 0, 0, 2, 0));
  }

  @Test
  void aLongChainOfWhatNeedNotRunIsNoDeepRecursion() {
    advice = name -> new Advice.Skip("unchanged");
    JobFolder[] chain = new JobFolder[50_000];
    for (int i = 0; i < chain.length; i++) {
      chain[i] = folder(String.format("/f%06d", i));
      if (i > 0) {
        chain[i] = chain[i].dependingOn(Dependency.on(chain[i - 1].name().path()));
      }
    }
    begin(chain);
    assertThat(walk.tally().skipped()).isEqualTo(chain.length);
    assertThat(walk.finished()).isTrue();
  }

  @Test
  void aLongChainOfBlockedFoldersIsNoDeepRecursion() {
    JobFolder[] chain = new JobFolder[50_000];
    for (int i = 0; i < chain.length; i++) {
      chain[i] = folder(String.format("/f%06d", i));
      if (i > 0) {
        chain[i] = chain[i].dependingOn(Dependency.on(chain[i - 1].name().path()));
      }
    }
    begin(chain);
    end("/f000000", Outcome.failed(new Cause.ExitCode(1)));
    assertThat(walk.tally()).isEqualTo(new Tally(0, 0, 0, 1, 0, 0, 0, 0, chain.length - 1));
    assertThat(cause("/f049999").text()).isEqualTo("upstream: /f000000 did not succeed");
  }

  @Test
  void whatIsRequeuedGoesBehindItsEqualsAndGivesItsRanksBackBefore() {
    List<String> requeued = new ArrayList<>(List.of("/a"));
    verdict =
        name -> requeued.remove(name) ? new Verdict.Requeue(Duration.ZERO) : new Verdict.Accept();
    begin(folder("/a"), folder("/b"), folder("/c"));
    for (String name : new String[] {"/a", "/b", "/c", "/a"}) {
      end(name, Outcome.success());
    }
    assertThat(account.stream().filter(line -> line.startsWith("launch")))
        .containsExactly("launch /a", "launch /b", "launch /c", "launch /a");
    assertThat(walk.tally().succeeded()).isEqualTo(3);
  }

  @Test
  void aFailedVerdictAndFailedAdviceBlockWhatFollows() {
    verdict = name -> new Verdict.Fail(new Cause.SuccessCheck("no"));
    advice =
        name ->
            name.equals("/x")
                ? new Advice.Fail(new Cause.LaunchError("no such thing"))
                : new Advice.Run(folder(name));
    begin(folder("/a"), folder("/x"), folder("/z").dependingOn(Dependency.on("/[ax]")));
    end("/a", Outcome.success());
    assertThat(cause("/a")).isEqualTo(new Cause.SuccessCheck("no"));
    assertThat(cause("/z").text()).isEqualTo("upstream: /a, /x did not succeed");
    assertThat(walk.finished()).isTrue();
  }

  @Test
  void adviceThatAsksForWhatThereIsNotIsAFailureOfThatFolder() {
    advice =
        name ->
            new Advice.Run(
                folder(name)
                    .with(folder(name).settings().edit().tokens(java.util.Map.of("q", 1)).build()));
    begin(folder("/a"));
    assertThat(cause("/a").text()).contains("there is no queue 'q'");
    assertThat(walk.finished()).isTrue();
  }

  @Test
  void anAnswerAboutAnOlderVersionOfAFolderDoesNotCount() {
    walk = new Walk(rules(1), JobTree.of(folder("/a")));
    walk.begin(Simulation.world(1));
    walk.next(Duration.ZERO);
    JobFolder newer = JobFolder.shell("/a", "newer");
    walk.update(JobTree.of(newer), Walk.DeleteOld.NO);
    walk.advised(folder("/a"), new Advice.Run(folder("/a")));
    assertThat(walk.next(Duration.ZERO)).containsExactly(new Action.AskBefore(newer));
    walk.advised(newer, new Advice.Run(newer));
    assertThat(walk.next(Duration.ZERO))
        .singleElement()
        .isInstanceOfSatisfying(
            Action.Launch.class, launch -> assertThat(launch.order().folder()).isEqualTo(newer));
  }

  @Test
  void aStopDoesNotWaitForAdviceButForVerdicts() {
    walk = new Walk(rules(1), JobTree.of(folder("/a"), folder("/b")));
    walk.begin(Simulation.world(1));
    walk.next(Duration.ZERO);
    walk.advised(folder("/a"), new Advice.Run(folder("/a")));
    walk.next(Duration.ZERO);
    walk.stop(Stop.TERMINATE, "SIGTERM", Duration.ZERO);
    walk.next(Duration.ZERO);
    assertThat(walk.finished()).isFalse();
    ended("/a", Outcome.failed(new Cause.Signal(15)));
    walk.next(Duration.ZERO);
    assertThat(walk.finished()).as("of '/a' it is asked").isFalse();
    walk.judged(new FolderName("/a"), new Verdict.Accept(), Duration.ZERO);
    walk.next(Duration.ZERO);
    assertThat(walk.finished()).isTrue();
    assertThat(walk.tally()).isEqualTo(new Tally(1, 0, 0, 0, 1, 0, 0));
  }

  private void begin(JobFolder... folders) {
    Communicator world = Simulation.world(1);
    walk = new Walk(rules(1), JobTree.of(folders));
    walk.begin(world);
    step();
  }

  private void end(String name, Outcome outcome) {
    ended(name, outcome);
    step();
  }

  private void ended(String name, Outcome outcome) {
    int trial = (int) account.stream().filter(line -> line.equals("launch " + name)).count();
    walk.ended(
        new SessionEvent.Ended(
            new TrialId(new FolderName(name), Math.max(1, trial), 0),
            outcome,
            Usage.none(Instant.EPOCH),
            "",
            "",
            List.of()),
        Duration.ZERO);
  }

  private void step() {
    for (List<Action> actions = walk.next(Duration.ZERO);
        !actions.isEmpty();
        actions = walk.next(Duration.ZERO)) {
      actions.forEach(this::perform);
    }
  }

  private void perform(Action action) {
    if (action instanceof Action.AskBefore ask) {
      account.add("before " + ask.folder().name());
      walk.advised(ask.folder(), advice.apply(ask.folder().name().path()));
    } else if (action instanceof Action.AskAfter ask) {
      account.add("after " + ask.folder().name());
      walk.judged(ask.folder().name(), verdict.apply(ask.folder().name().path()), Duration.ZERO);
    } else if (action instanceof Action.Launch launch) {
      account.add("launch " + launch.order().folder().name());
    } else if (action instanceof Action.Settle settle) {
      account.add(settle.folder() + " " + settle.state().word());
    }
  }

  private Cause cause(String folder) {
    return Objects.requireNonNull(walk.errors().get(new FolderName(folder))).cause();
  }

  private static JobFolder folder(String name) {
    return JobFolder.shell(name, "true");
  }

  private static WalkRules rules(int nbpools) {
    return new WalkRules(new Sharing.Equal(nbpools), new RetryRule(1), Duration.ofSeconds(10))
        .withAdvice(WalkRules.Advice.ASKED);
  }
}
