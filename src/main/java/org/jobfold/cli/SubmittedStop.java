package org.jobfold.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jobfold.disk.Answer;
import org.jobfold.disk.AnswerJson;
import org.jobfold.disk.PartName;
import org.jobfold.disk.Parts;
import org.jobfold.disk.Request;
import org.jobfold.disk.RunWatch;
import org.jobfold.disk.Sender;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.Durations;
import org.jobfold.run.SystemClock;
import org.jobfold.submit.QueueStanding;
import org.jobfold.submit.Slurm;
import org.jobfold.submit.Submissions;

/**
 * Stops a tree that no run has as a whole, and that was submitted: what runs of its parts, and what
 * waits in the queue. First it writes that the submission does not count any more, so what begins
 * meanwhile does nothing; then it asks the parts that run, and cancels what waits.
 */
final class SubmittedStop {
  private final Outside outside;
  private final AskArguments arguments;
  private final Asking asking;
  private final Request.How how;
  private final Path root;
  private final Slurm slurm;

  SubmittedStop(Outside outside, AskArguments arguments, Asking asking, Request.How how) {
    this.outside = outside;
    this.arguments = arguments;
    this.asking = asking;
    this.how = how;
    this.root = arguments.root();
    this.slurm = new Slurm(outside.commands());
  }

  /** How it is stopped, in the words of who asks. */
  static String reason(Request.How how) {
    return reason(how, Sender.self());
  }

  /** The same, of somebody. */
  static String reason(Request.How how, Sender from) {
    return "stopped by 'jobfold stop"
        + (how == Request.How.NOW ? " --now" : "")
        + "' of "
        + from.text();
  }

  /** What a run does with its folders when it stops so. */
  static String text(Answer.Stopping stopping, Request.How how) {
    return Words.count(stopping.running(), "folder")
        + (how == Request.How.NOW ? " asked to end, " : " may come to an end, ")
        + stopping.waiting()
        + " not started";
  }

  /** Stops it; empty if nothing of it runs or waits, or it was not submitted. */
  Optional<Integer> perform() throws InterruptedException {
    Optional<Submitted.View> view = new Submitted(root, slurm).look(new RunWatch(root).look());
    boolean waits =
        view.filter(v -> !v.submission().ids().isEmpty())
            .filter(v -> v.standing().phase() != QueueStanding.Phase.OVER)
            .isPresent();
    if (!waits && Parts.of(root).held().isEmpty()) {
      return Optional.empty();
    }
    withdraw(root, reason(how));
    List<PartName> running = Parts.of(root).held();
    PartsAsked asked =
        new PartsAsked(root, arguments.patience()).ask(new Request.Stop(how), running);
    String trouble = "";
    int cancelled = 0;
    if (view.isPresent() && waits && mayWait(view.get().standing())) {
      trouble = slurm.cancelWaiting(view.get().submission().ids());
      cancelled = trouble.isEmpty() ? view.get().standing().queued() : 0;
    }
    tell(asked, cancelled, trouble);
    return Optional.of(
        asked.unreached() > 0 || !trouble.isEmpty() ? ExitCodes.INCOMPLETE : ExitCodes.SUCCEEDED);
  }

  private static boolean mayWait(QueueStanding standing) {
    return standing.known() == QueueStanding.Known.NO
        || standing.queued() > 0
        || standing.unknown() > 0;
  }

  /** From now on no job of the newest submission begins to run the tree. */
  static void withdraw(Path root, String why) {
    Submissions account = new Submissions(root.resolve(StateDirectory.NAME));
    account
        .counting()
        .ifPresent(
            submission -> account.withdrawn(submission.number(), why, new SystemClock().now()));
  }

  private void tell(PartsAsked asked, int cancelled, String trouble) {
    Answer.Stopping all = new Answer.Stopping(asked.running(), asked.waiting());
    if (arguments.asJson()) {
      Json.document(
          outside.out(),
          out -> {
            out.writeStringField("tree", root.toString());
            AnswerJson.write(all, out);
            out.writeNumberField("parts", asked.parts());
            out.writeNumberField("unreached", asked.unreached());
            out.writeNumberField("cancelled", cancelled);
          });
    }
    if (asked.parts() > 0) {
      asking.say(
          Words.count(asked.parts(), "part")
              + (asked.parts() == 1 ? " of the tree stops: " : " of the tree stop: ")
              + text(all, how));
    }
    if (asked.unreached() > 0) {
      asking.say(
          Words.count(asked.unreached(), "part")
              + " did not answer within "
              + Durations.text(arguments.patience())
              + ": try again with a longer '--wait'");
    }
    if (!trouble.isEmpty()) {
      asking.say(
          "what waits in the queue could not be cancelled ("
              + trouble
              + "): a job that begins later does nothing and ends; 'jobfold status' names them");
    } else if (cancelled > 0) {
      asking.say(
          cancelled == 1
              ? "the job that waited in the queue is cancelled"
              : cancelled + " jobs or tasks that waited in the queue are cancelled");
    } else if (asked.parts() == 0) {
      asking.say("what is left of the submission does nothing when it begins");
    }
  }

  /** Waits until no part is run. */
  void awaitEnd() throws InterruptedException {
    List<PartName> left = Parts.of(root).held();
    while (!left.isEmpty()) {
      // A look is a file for each part: many are not looked at as often.
      TimeUnit.MILLISECONDS.sleep(Duration.ofMillis(500).plusMillis(10L * left.size()).toMillis());
      left = left.stream().filter(Parts.of(root)::isHeld).toList();
    }
  }
}
