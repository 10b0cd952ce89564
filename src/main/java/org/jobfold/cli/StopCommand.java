package org.jobfold.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jobfold.disk.Answer;
import org.jobfold.disk.Reply;
import org.jobfold.disk.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jobfold stop}: ends the run of a tree before all is done. */
@Command(
    name = "stop",
    description = {
      "Ends the run of a tree: it starts nothing new, and what runs comes to its end.",
      "Works from any terminal, and from any host that shares the file system. 'jobfold resume' goes on later.",
      "Of a tree that was submitted it stops all parts that run, and cancels the jobs that wait in the queue."
    },
    footer = {
      "",
      "Examples:",
      "  jobfold stop sweep",
      "  jobfold stop sweep --now --until-ended",
      "",
      "Exit codes: 0 the run stops; 2 wrong usage, or nothing runs the tree or waits for it; 3 no answer,",
      "or what waits could not be cancelled; 70 a bug; 129, 130, 143 ended by SIGHUP, SIGINT, SIGTERM."
    })
final class StopCommand implements Callable<Integer> {
  private final Outside outside;

  @Mixin private final AskArguments arguments = new AskArguments();

  @Option(
      names = "--now",
      description =
          "Asks the folders that run to end, and forces them after the run's '--grace'; they run again in a resume.")
  private boolean now;

  @Option(
      names = "--until-ended",
      description = "Returns when the run has ended; without it, when it has taken notice.")
  private boolean untilEnded;

  StopCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() throws InterruptedException {
    Asking asking = new Asking(outside, arguments);
    return asking.interruptibly(() -> stop(asking));
  }

  private int stop(Asking asking) throws InterruptedException {
    Request.How how = now ? Request.How.NOW : Request.How.DRAIN;
    if (!asking.lives()) {
      SubmittedStop submitted = new SubmittedStop(outside, arguments, asking, how);
      Optional<Integer> code = submitted.perform();
      if (code.isPresent()) {
        if (untilEnded) {
          submitted.awaitEnd();
          asking.say("the run has ended");
        }
        return code.get();
      }
    }
    Reply reply = asking.ask(new Request.Stop(how));
    int code = asking.tell(reply, "the stop");
    if (reply instanceof Reply.Answered answered
        && answered.answer() instanceof Answer.Stopping stopping) {
      asking.say("the run stops: " + SubmittedStop.text(stopping, how));
    }
    boolean stops = code == ExitCodes.SUCCEEDED || isOver(reply);
    if (stops) {
      SubmittedStop.withdraw(arguments.root(), SubmittedStop.reason(how));
    }
    if (untilEnded && stops) {
      asking.awaitEnd();
      asking.say("the run has ended");
    }
    return stops ? ExitCodes.SUCCEEDED : code;
  }

  /** A run that ends by itself need not be stopped. */
  private static boolean isOver(Reply reply) {
    return reply instanceof Reply.Answered answered && answered.answer() instanceof Answer.Over;
  }
}
