package org.jobfold.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jobfold.comm.Communicator;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.journal.Entry;
import org.jobfold.journal.RunState;
import org.jobfold.retry.RetryRule;
import org.jobfold.spi.JournalStore;
import org.jobfold.spi.Orders;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;
import org.jobfold.walk.Past;
import org.jobfold.walk.Sharing;
import org.jobfold.walk.UpdateReport;
import org.jobfold.walk.Walk;
import org.jobfold.walk.WalkRules;
import org.junit.jupiter.api.Test;

/** What is in the account of a run, and at which moment. */
class RunAccountTest {
  private static final FolderName A = new FolderName("/a");
  private static final WalkRules RULES =
      new WalkRules(new Sharing.Equal(4), new RetryRule(2), Duration.ofSeconds(10));

  @Test
  void anUpdateIsAnsweredWhenWhatItForgivesIsWrittenDown() throws Exception {
    JobTree tree = JobTree.of(JobFolder.shell("/a", "false"));
    Walk walk = new Walk(RULES, tree);
    walk.keepalive(Walk.Keepalive.ON);
    Written journal = new Written();
    Run run = start(walk, journal, Outcome.failed(new Cause.ExitCode(1)));
    run.awaitIdle();
    CompletableFuture<UpdateReport> answer = run.update(tree, Walk.DeleteOld.NO, Past.Failed.RETRY);
    journal.answer.complete(answer);
    assertThat(answer.get().retried()).containsExactly(A);
    assertThat(journal.answeredBefore).containsExactly(false);
    assertThat(journal.reached)
        .singleElement()
        .satisfies(
            reached -> {
              assertThat(reached.trials()).isEqualTo(2);
              assertThat(reached.forgiven()).isEqualTo(2);
            });
    run.keepalive(Walk.Keepalive.OFF);
    run.awaitEnd();
    assertThat(run.errors().values()).extracting(Failure::trials).containsExactly(4);
  }

  @Test
  void whatIsBlockedFromTheBeginningIsNotLeft() throws Exception {
    JobFolder on = JobFolder.shell("/a", "true");
    JobFolder off = new JobFolder(A, on.functional(), on.settings(), true);
    JobTree tree =
        JobTree.of(
            off,
            JobFolder.shell("/b", "true").dependingOn(Dependency.on("/a")),
            JobFolder.shell("/c", "true"),
            JobFolder.shell("/d", "true"));
    Written fresh = new Written();
    start(new Walk(RULES, tree), fresh, Outcome.success()).awaitEnd();
    assertThat(fresh.left).first().isEqualTo(2);

    Written resumed = new Written();
    Cause upstream = new Cause.Upstream(new TreeSet<>(List.of(A)));
    resumed.state.accept(
        new Entry.FolderSettled(
            Instant.EPOCH, new FolderName("/b"), FinalState.notRun(0, upstream)));
    resumed.state.takeUpAgain(Instant.EPOCH, none -> false);
    start(new Walk(RULES, tree, new Past(resumed.state)), resumed, Outcome.success()).awaitEnd();
    assertThat(resumed.left).first().isEqualTo(2);
  }

  private static Run start(Walk walk, JournalStore journal, Outcome outcome) {
    FakeBackend backend = new FakeBackend(1, line -> {}, order -> outcome);
    return Run.start(
        walk, Communicator.world(Orders.ranks("here", 1)), Ports.of(backend).withJournal(journal));
  }

  /** What was written, and what it adds up to, each time that it was. */
  private static final class Written implements JournalStore {
    final RunState state = new RunState();
    final List<Integer> left = Collections.synchronizedList(new ArrayList<>());
    final List<Entry.FolderReached> reached = Collections.synchronizedList(new ArrayList<>());
    final List<Boolean> answeredBefore = Collections.synchronizedList(new ArrayList<>());
    final CompletableFuture<CompletableFuture<UpdateReport>> answer = new CompletableFuture<>();
    private final List<Entry.FolderReached> next = new ArrayList<>();

    @Override
    public void append(Entry entry) {
      state.accept(entry);
      if (entry instanceof Entry.FolderReached now) {
        next.add(now);
      }
    }

    @Override
    public void flush() {
      left.add(state.left());
      if (!next.isEmpty()) {
        answeredBefore.add(answer.join().isDone());
        reached.addAll(next);
        next.clear();
      }
    }

    @Override
    public void close() {}
  }
}
