package org.jobfold.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.spi.Advice;
import org.jobfold.spi.Advisor;
import org.jobfold.spi.Order;
import org.jobfold.spi.RunListener;
import org.jobfold.spi.Turn;
import org.jobfold.spi.Verdict;
import org.jobfold.trial.Cause;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;

/**
 * Puts the engine's questions to the callbacks of a program, one after another on one thread, off
 * the way of the engine.
 *
 * <p>Where a vertex is done, it thinks about those after it at once: the engine will ask of them
 * next, and a long chain that need not run costs no way to the engine and back for each.
 *
 * <p>What it never does: decide what starts when. That is the engine's.
 */
final class Desk<K extends Comparable<K>, V> implements Advisor, RunListener {
  private final Plan<K, V> plan;
  private final Roster<K, V> roster;
  private final Results<K, V> results;
  private final Folders folders;
  private final Callbacks callbacks;
  private final Answers answers = new Answers();
  private final Set<Question> open = ConcurrentHashMap.newKeySet();

  /** What was asked in this round. Only for the thread of the run. */
  private List<Runnable> round = new ArrayList<>();

  /** How many before a vertex are not done, and whom to think about. Only for the callbacks. */
  private final int[] waitingFor;

  private final Queue<Entry<K, V>> ahead = new ArrayDeque<>();
  private volatile boolean stopping;

  Desk(Plan<K, V> plan, Roster<K, V> roster, Callbacks callbacks) {
    this.plan = plan;
    this.roster = roster;
    this.callbacks = callbacks;
    this.results = new Results<>(roster);
    this.folders = new Folders(plan.timeout());
    this.waitingFor = roster.graph().predecessorCounts();
  }

  // ---- called by the run

  @Override
  public void begin(Consumer<Runnable> together) {
    answers.begin(together);
  }

  @Override
  public void before(Turn turn, Consumer<Advice> answer) {
    Entry<K, V> entry = roster.of(turn.folder().name());
    if (entry.ask(answer)) {
      round.add(() -> consider(entry));
    }
  }

  @Override
  public void after(JobFolder folder, Outcome outcome, Consumer<Verdict> answer) {
    Entry<K, V> entry = roster.of(folder.name());
    Question question = new Question(answer);
    open.add(question);
    round.add(() -> judge(entry, outcome, question));
  }

  @Override
  public void asked() {
    if (!round.isEmpty()) {
      List<Runnable> all = round;
      round = new ArrayList<>();
      callbacks.execute(() -> perform(all));
    }
  }

  @Override
  public void launched(Order order) {
    plan.onStart()
        .ifPresent(
            hook -> {
              Entry<K, V> entry = roster.of(order.id().folder());
              callbacks.execute(() -> tell(hook, entry));
            });
  }

  private void tell(Consumer<K> hook, Entry<K, V> entry) {
    try {
      hook.accept(entry.vertex().id());
    } catch (Throwable thrown) {
      entry.trouble(thrown);
    }
  }

  @Override
  public void settled(FolderName folder, FinalState state) {
    Entry<K, V> entry = roster.of(folder);
    if (entry.result().isEmpty()) {
      JobResult<K> result = results.settled(entry, state);
      entry.result(result);
      callbacks.execute(() -> told(result));
    }
  }

  /** Thinks about nothing that was not asked. */
  void stop() {
    stopping = true;
  }

  /** Accepts how everything ended; whoever is still thinking is not waited for. */
  void giveUp() {
    stop();
    callbacks.interrupt();
    open.forEach(q -> q.answer(new Verdict.Accept()));
  }

  void close() {
    callbacks.close();
    answers.close();
  }

  /** How the run waits for a verdict. It is given once. */
  private final class Question {
    private final Consumer<Verdict> answer;
    private final AtomicBoolean given = new AtomicBoolean();

    Question(Consumer<Verdict> answer) {
      this.answer = answer;
    }

    void answer(Verdict verdict) {
      if (given.compareAndSet(false, true)) {
        open.remove(this);
        answer.accept(verdict);
      }
    }
  }

  // ---- on the thread of the callbacks

  private void perform(List<Runnable> questions) {
    for (Runnable question : questions) {
      question.run();
      for (Entry<K, V> next = ahead.poll(); next != null; next = ahead.poll()) {
        consider(next);
      }
    }
    answers.give();
  }

  private void consider(Entry<K, V> entry) {
    if (entry.claim()) {
      Advice advice = advice(entry);
      entry.advise(advice).ifPresent(asking -> answers.hold(() -> asking.accept(advice)));
    }
  }

  private Advice advice(Entry<K, V> entry) {
    Job job;
    try {
      job = plan.provider().job(entry.vertex(), roster.predecessors(entry));
    } catch (Throwable thrown) {
      return fail(entry, Cause.Thrown.by("the provider", thrown));
    }
    if (job == null) {
      return fail(entry, new Cause.Thrown("the provider gave no job"));
    }
    entry.job(job);
    if (job instanceof EmptyJob empty) {
      return skip(entry, empty);
    }
    Optional<String> never = never(job);
    return never.isPresent()
        ? fail(entry, new Cause.LaunchError(never.get(), Cause.Prospect.LASTING))
        : new Advice.Run(folders.of(entry.folder(), job));
  }

  private Advice skip(Entry<K, V> entry, EmptyJob job) {
    JobResult<K> result = results.empty(entry, job);
    Verdict verdict = verdict(entry, result);
    JobResult<K> end =
        verdict instanceof Verdict.Fail fail && result.status().isGood()
            ? results.failed(entry, fail.cause())
            : result;
    finish(entry, end);
    JobResult<K> known = entry.result().orElseThrow();
    return known.cause().isPresent()
        ? new Advice.Fail(known.cause().get())
        : new Advice.Skip(known.reason());
  }

  private Advice fail(Entry<K, V> entry, Cause cause) {
    finish(entry, results.failed(entry, cause));
    return new Advice.Fail(cause);
  }

  /** Why a job could never start, if it could not. */
  private Optional<String> never(Job job) {
    if (job instanceof ProcessJob && plan.processes().isEmpty()) {
      return Optional.of("the scheduler has no back end for processes: give it one");
    }
    for (Map.Entry<String, Integer> wanted : job.options().tokens().entrySet()) {
      Integer there = plan.queues().get(wanted.getKey());
      if (there == null) {
        return Optional.of(
            "there is no queue '"
                + wanted.getKey()
                + "', but "
                + String.join(", ", plan.queues().keySet())
                + ": name one of them, or make it");
      }
      if (wanted.getValue() > there) {
        return Optional.of(
            "the job holds "
                + wanted.getValue()
                + " tokens of queue '"
                + wanted.getKey()
                + "', which has "
                + there
                + ": lower them, or give the queue more");
      }
    }
    return Optional.empty();
  }

  private Verdict verdict(Entry<K, V> entry, JobResult<K> result) {
    if (entry.trouble().isPresent()) {
      return new Verdict.Fail(Cause.Thrown.by("the hook at the start", entry.trouble().get()));
    }
    try {
      Verdict verdict = plan.collector().collect(entry.vertex(), entry.job(), result);
      return verdict == null
          ? new Verdict.Fail(new Cause.Thrown("the collector gave no verdict"))
          : verdict;
    } catch (Throwable thrown) {
      return new Verdict.Fail(Cause.Thrown.by("the collector", thrown));
    }
  }

  private void judge(Entry<K, V> entry, Outcome outcome, Question question) {
    JobResult<K> result = results.ran(entry, outcome);
    Verdict verdict = verdict(entry, result);
    if (verdict instanceof Verdict.Requeue && result.status() == JobStatus.INTERRUPTED) {
      verdict = new Verdict.Accept();
    }
    if (verdict instanceof Verdict.Requeue again) {
      if (!entry.requeuedMoreThan(plan.requeueLimit())) {
        answers.hold(() -> question.answer(again));
        return;
      }
      verdict =
          new Verdict.Fail(
              new Cause.SuccessCheck(
                  "the job is to be run again, after "
                      + plan.requeueLimit()
                      + " times, which is the limit"));
    }
    if (verdict instanceof Verdict.Fail fail && outcome.succeeded()) {
      result = results.failed(entry, fail.cause());
    }
    finish(entry, result);
    JobResult<K> known = entry.result().orElseThrow();
    Verdict last =
        outcome.succeeded() && known.cause().isPresent()
            ? new Verdict.Fail(known.cause().get())
            : new Verdict.Accept();
    answers.hold(() -> question.answer(last));
  }

  /** A vertex is done: if the hook at the end can not cope with that, it has failed. */
  private void finish(Entry<K, V> entry, JobResult<K> result) {
    JobResult<K> end = result;
    try {
      plan.onFinish().accept(result);
    } catch (Throwable thrown) {
      if (result.status().isGood()) {
        end = results.failed(entry, Cause.Thrown.by("the hook at the end", thrown));
      }
    }
    entry.result(end);
    if (end.status().isGood() || plan.afterFailure() == Scheduler.AfterFailure.ASK) {
      think(entry, end);
    }
  }

  private void think(Entry<K, V> entry, JobResult<K> end) {
    if (stopping || end.status() == JobStatus.INTERRUPTED) {
      return;
    }
    for (int i = 0; i < roster.graph().successorCount(entry.index()); i++) {
      int next = roster.graph().successor(entry.index(), i);
      if (--waitingFor[next] == 0) {
        ahead.add(roster.at(next));
      }
    }
  }

  private void told(JobResult<K> result) {
    try {
      plan.onFinish().accept(result);
    } catch (Throwable thrown) {
      // It did not succeed as it is: there is nothing more to say of it.
      return;
    }
  }
}
