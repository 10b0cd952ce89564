package org.jobfold.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jobfold.disk.Answer;
import org.jobfold.disk.Reply;
import org.jobfold.disk.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jobfold update}: has a run take up changes of its tree. */
@Command(
    name = "update",
    description = {
      "Has the run of a tree take up what has changed in it: new folders are queued, waiting ones replaced, the others left alone.",
      "Works from any terminal, and from any host that shares the file system. If anything is wrong with the tree, nothing is changed."
    },
    footer = {
      "",
      "Examples:",
      "  jobfold update sweep",
      "  jobfold update sweep --deleteold",
      "  jobfold update sweep --watch",
      "",
      "Exit codes: 0 taken up, or the watched run has ended; 2 wrong usage, refused input, or no run has",
      "the tree; 3 no answer; 70 a bug; 129, 130, 143 ended by SIGHUP, SIGINT, SIGTERM."
    })
final class UpdateCommand implements Callable<Integer> {
  private final Outside outside;

  @Mixin private final AskArguments arguments = new AskArguments();

  @Option(
      names = "--deleteold",
      description =
          "The run forgets finished folders, and waiting ones that the tree does not have any more. No file is deleted.")
  private boolean deleteold;

  @Option(
      names = "--watch",
      description =
          "Goes on, and sends an update whenever the tree has changed, until the run ends.")
  private boolean watch;

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      defaultValue = "60s",
      description =
          "How often --watch looks at the whole tree, for changes that the system does not tell of, such as those from other hosts (default: ${DEFAULT-VALUE}).")
  private Duration every = Duration.ofSeconds(60);

  UpdateCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() throws InterruptedException {
    Asking asking = new Asking(outside, arguments);
    Request request = new Request.Update(deleteold ? Request.Old.DELETE : Request.Old.KEEP);
    return asking.interruptibly(
        () ->
            watch && !asking.isInParts()
                ? new Watching(outside, arguments, asking, request, every).untilTheRunEnds()
                : once(asking, request));
  }

  private int once(Asking asking, Request request) throws InterruptedException {
    Reply reply = asking.ask(request);
    int code = asking.tell(reply, "the update");
    if (reply instanceof Reply.Answered answered
        && answered.answer() instanceof Answer.Updated updated) {
      UpdateText.print(updated, outside.err());
    }
    return code;
  }
}
