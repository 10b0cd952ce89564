package org.jobfold.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jobfold.disk.Answer;
import org.jobfold.disk.AnswerJson;
import org.jobfold.disk.Asker;
import org.jobfold.disk.LockHolder;
import org.jobfold.disk.Parts;
import org.jobfold.disk.Reply;
import org.jobfold.disk.Request;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.Durations;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.run.SystemClock;
import org.jobfold.spi.Clock;

/** Asks the run of a tree, and tells what came of it. */
final class Asking {
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Outside outside;
  private final AskArguments arguments;
  private final Clock clock = new SystemClock();

  Asking(Outside outside, AskArguments arguments) {
    this.outside = outside;
    this.arguments = arguments;
  }

  /** What is done while signals interrupt it. */
  @FunctionalInterface
  interface Work {
    int perform() throws InterruptedException;
  }

  /**
   * Does something that signals end by an interrupt; gives its exit code, or that of the signal.
   */
  int interruptibly(Work work) throws InterruptedException {
    AtomicInteger signal = new AtomicInteger();
    Thread self = Thread.currentThread();
    Outside.Handling handling =
        outside
            .signals()
            .handle(
                number -> {
                  signal.compareAndSet(0, number);
                  self.interrupt();
                });
    try {
      return work.perform();
    } catch (InterruptedException e) {
      if (signal.get() == 0) {
        throw e;
      }
      return ExitCodes.SIGNAL + signal.get();
    } catch (UncheckedIOException | RefusedException e) {
      if (signal.get() == 0) {
        throw e;
      }
      return ExitCodes.SIGNAL + signal.get();
    } finally {
      handling.close();
    }
  }

  /** Asks once. */
  Reply ask(Request request) throws InterruptedException {
    Optional<StateDirectory> state = StateDirectory.existing(arguments.root());
    if (request instanceof Request.Update && isInParts()) {
      return new Reply.Answered(new Answer.Refused(List.of(partsTakeUpNothing())));
    }
    return state.isEmpty()
        ? new Reply.NoRun(Optional.empty())
        : new Asker(state.get(), clock, this::say).ask(request, arguments.patience());
  }

  /** Whether batch jobs run the tree in parts, or are to, and no run has it as a whole. */
  boolean isInParts() {
    return Parts.of(arguments.root()).current().isPresent() && !lives();
  }

  /** Which part a new folder would be of is decided once, by who submits. */
  private Problem partsTakeUpNothing() {
    return Problem.of(
        arguments.tree().toString(),
        "it is run in parts by batch jobs, which are lists of folders that do not change: a part that has not begun reads its folders when it does;"
            + " for other changes and new folders, wait for the end or 'jobfold stop' it, and go on with 'jobfold resume', or submit it again");
  }

  /** Waits until no run has the tree. */
  void awaitEnd() throws InterruptedException {
    while (lives()) {
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
  }

  /** Whether a run has the tree, and lives. */
  boolean lives() {
    return StateDirectory.existing(arguments.root())
        .flatMap(StateDirectory::holder)
        .filter(LockHolder::lives)
        .isPresent();
  }

  /** Tells what came of it, save for what the run did, which the command itself tells. */
  int tell(Reply reply, String subject) {
    if (arguments.asJson()) {
      print(reply);
    }
    if (reply instanceof Reply.NoRun none) {
      say(noRun(none));
      return ExitCodes.REFUSED;
    }
    if (reply instanceof Reply.Lost) {
      say("the run ended before it answered: what it has left undone, 'jobfold resume' does");
      return ExitCodes.INCOMPLETE;
    }
    String patience = Durations.text(arguments.patience());
    if (reply instanceof Reply.Withdrawn) {
      say(
          "the run did not answer within "
              + patience
              + ": the request is withdrawn, try again with a longer '--wait'");
      return ExitCodes.INCOMPLETE;
    }
    if (reply instanceof Reply.Unanswered) {
      say(
          "the run has taken the request, and did not answer within "
              + patience
              + ": it may still do it, see what it says itself");
      return ExitCodes.INCOMPLETE;
    }
    Answer answer = ((Reply.Answered) reply).answer();
    if (answer instanceof Answer.Refused refused) {
      Problems.list(refused.problems().stream().map(this::asTyped).toList(), outside.err());
      say(subject + " is refused: the run goes on unchanged");
      return ExitCodes.REFUSED;
    }
    if (answer instanceof Answer.Over over) {
      say(over.why() + ": 'jobfold resume' goes on with what is left");
      return ExitCodes.INCOMPLETE;
    }
    return ExitCodes.SUCCEEDED;
  }

  private String noRun(Reply.NoRun none) {
    String text = "no run has the tree '" + arguments.tree() + "'";
    if (Parts.of(arguments.root()).current().isPresent()) {
      return text
          + ", and no part of it runs or waits in the queue: 'jobfold resume' goes on with what is left";
    }
    if (none.stale().isEmpty()) {
      return text + ": 'jobfold run' or 'jobfold resume' starts one";
    }
    LockHolder stale = none.stale().get();
    String who = "process " + stale.pid() + " on host '" + stale.host() + "'";
    return text
        + (stale.life() == LockHolder.Life.GONE
            ? ": that of " + who + " has ended without giving it free: 'jobfold resume' goes on"
            : ": that of "
                + who
                + " has not renewed its lock for a minute: if it is gone, 'jobfold resume' goes on");
  }

  /** Where the run names files from the real root, the user named it in another way. */
  private Problem asTyped(Problem problem) {
    try {
      Path real = arguments.root().toRealPath();
      Path place = Path.of(problem.place());
      return place.isAbsolute() && place.startsWith(real)
          ? new Problem(
              arguments.tree().resolve(real.relativize(place)).toString(),
              problem.line(),
              problem.message())
          : problem;
    } catch (IOException | java.nio.file.InvalidPathException e) {
      return problem;
    }
  }

  private void print(Reply reply) {
    Json.document(
        outside.out(),
        out -> {
          out.writeStringField("tree", arguments.root().toString());
          if (reply instanceof Reply.Answered answered) {
            AnswerJson.write(answered.answer(), out);
          } else {
            out.writeStringField("answer", word(reply));
          }
        });
  }

  private static String word(Reply reply) {
    if (reply instanceof Reply.NoRun) {
      return "no-run";
    }
    if (reply instanceof Reply.Lost) {
      return "lost";
    }
    return reply instanceof Reply.Withdrawn ? "withdrawn" : "unanswered";
  }

  void say(String line) {
    outside.err().println("jobfold: " + Words.line(line));
    outside.err().flush();
  }
}
