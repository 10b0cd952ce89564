package org.jobfold.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Settings;
import org.jobfold.journal.Entry;
import org.jobfold.journal.RunState;
import org.jobfold.retry.RetryRule;
import org.jobfold.spi.Advice;
import org.jobfold.trial.FinalState;
import org.junit.jupiter.api.Test;

/** Of whom the advisor is asked, when, and what of earlier runs is asked of again. */
class TurnsTest {
  private static final WalkRules RULES =
      new WalkRules(new Sharing.Equal(1), new RetryRule(1), Duration.ofSeconds(10))
          .withAdvice(WalkRules.Advice.ASKED);

  private final List<String> account = new ArrayList<>();

  @Test
  void itIsAskedOnlyOfSoManyAheadOfWhatRuns() {
    Walk walk = walk(Past.none(), RULES, folders(3000));
    step(walk, "run");
    assertThat(asked()).hasSize(Turns.AHEAD + 1);
    assertThat(walk.tally().waiting()).isEqualTo(2999);
    assertThat(walk.tally().running()).isEqualTo(1);
  }

  @Test
  void whatNeedNotRunMakesRoomForMore() {
    Walk walk = walk(Past.none(), RULES, folders(3000));
    step(walk, "skip");
    assertThat(asked()).hasSize(3000);
    assertThat(walk.finished()).isTrue();
  }

  /** All that it was asked of first wants the one token: there may be others that want none. */
  @Test
  void itIsAskedOfMoreWhileRanksAreIdle() {
    JobFolder[] all = folders(3000);
    for (int i = 0; i < 2000; i++) {
      all[i] = all[i].with(Settings.DEFAULT.edit().tokens(Map.of("q", 1)).build());
    }
    WalkRules rules =
        new WalkRules(new Sharing.PerFolder(2, any -> 1), new RetryRule(1), Duration.ofSeconds(10))
            .withAdvice(WalkRules.Advice.ASKED)
            .withQueues(Map.of("q", 1));
    Walk walk = walk(Past.none(), rules, all);
    step(walk, "run");
    assertThat(asked()).hasSize(3000);
  }

  @Test
  void aLargerPriorityIsAskedOfFirst() {
    JobFolder[] all = folders(2000);
    all[1999] = all[1999].with(Settings.DEFAULT.edit().priority(1).build());
    Walk walk = walk(Past.none(), RULES, all);
    step(walk, "run");
    assertThat(asked().get(0)).isEqualTo("ask /f1999");
  }

  @Test
  void whatSucceededBeforeIsAskedOfAgainIfItSaysWhatItReads() {
    Walk walk = walk(done("/a", "/b", "/c", "/x"), RULES, resumed());
    step(walk, "skip");
    assertThat(account).containsExactly("ask /a", "/a skipped", "/b succeeded", "/c succeeded");
    assertThat(walk.finished()).isTrue();
  }

  @Test
  void whatFollowsFromOneThatRunsAgainIsOpenBeforeThatOneStarts() {
    Walk walk = walk(done("/a", "/b", "/c", "/x"), RULES, resumed());
    step(walk, "run");
    assertThat(account).containsExactly("ask /a", "open /b", "launch /a");
  }

  @Test
  void whatWasForcedRunsAgain() {
    Past past = new Past(done("/a", "/b", "/c", "/x").state(), n -> n.path().equals("/x"));
    Walk walk = walk(past, RULES, resumed());
    step(walk, "run");
    assertThat(asked()).containsExactly("ask /a", "ask /x");
  }

  private static JobFolder[] resumed() {
    JobFolder a = JobFolder.shell("/a", "true");
    return new JobFolder[] {
      a.with(Settings.DEFAULT.edit().inputs(Optional.of(List.of())).build()),
      JobFolder.shell("/b", "true").dependingOn(Dependency.on("/a")),
      JobFolder.shell("/c", "true").dependingOn(Dependency.on("/b")),
      JobFolder.shell("/x", "true")
    };
  }

  private static Past done(String... names) {
    RunState state = new RunState();
    for (String name : names) {
      state.accept(
          new Entry.FolderSettled(
              java.time.Instant.EPOCH, new FolderName(name), new FinalState(1, Optional.empty())));
    }
    return new Past(state);
  }

  private static JobFolder[] folders(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> JobFolder.shell(String.format("/f%04d", i), "true"))
        .toArray(JobFolder[]::new);
  }

  private static Walk walk(Past past, WalkRules rules, JobFolder... folders) {
    Walk walk = new Walk(rules, JobTree.of(folders), past);
    walk.begin(Simulation.world(2));
    return walk;
  }

  private List<String> asked() {
    return account.stream().filter(line -> line.startsWith("ask")).toList();
  }

  private void step(Walk walk, String answer) {
    for (List<Action> actions = walk.next(Duration.ZERO);
        !actions.isEmpty();
        actions = walk.next(Duration.ZERO)) {
      for (Action action : actions) {
        if (action instanceof Action.AskBefore ask) {
          account.add("ask " + ask.folder().name());
          walk.advised(
              ask.folder(),
              answer.equals("run") ? new Advice.Run(ask.folder()) : new Advice.Skip("unchanged"));
        } else if (action instanceof Action.Reopen again) {
          account.add("open " + again.folder());
        } else if (action instanceof Action.Launch launch) {
          account.add("launch " + launch.order().folder().name());
        } else if (action instanceof Action.Settle settle) {
          account.add(settle.folder() + " " + settle.state().word());
        }
      }
    }
  }
}
