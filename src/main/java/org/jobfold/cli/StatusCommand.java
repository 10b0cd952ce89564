package org.jobfold.cli;

import static org.jobfold.cli.TreeArguments.refused;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jobfold.disk.RunWatch;
import org.jobfold.run.SystemClock;
import org.jobfold.submit.Slurm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jobfold status}: tells how the run of a tree stands, and leaves it alone. */
@Command(
    name = "status",
    description = {
      "Shows how the run of a tree stands: whether it goes on, what is done, what runs, what failed.",
      "It reads the files that the run keeps in the tree, so it works from any host that sees them, and changes nothing.",
      "Of a tree that was submitted and is not done it asks Slurm once how its jobs stand; with --watch once a minute while nothing runs."
    },
    footer = {
      "",
      "Examples:",
      "  jobfold status sweep",
      "  jobfold status sweep --watch",
      "  jobfold status sweep --json | jq -r .state",
      "",
      "Exit codes: 0 it is shown, however the run stands; 2 wrong usage, or it can not be read;",
      "with --watch, what the run ends with: 0 all succeeded; 1 a folder failed; 3 folders are",
      "left, or it was killed; 130 ended by Ctrl-C, which the run does not notice."
    })
final class StatusCommand implements Callable<Integer> {
  private static final int SHOWN = 20;
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final Outside outside;

  @Mixin private final RootArgument tree = new RootArgument();

  @Option(names = "--all", description = "Lists all running folders, not only the first 20.")
  private boolean all;

  @Option(
      names = "--watch",
      description =
          "Looks again and again until the run has ended, and no batch job is to go on with it: redraws a terminal, or writes a line when something has changed.")
  private boolean watch;

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      description = "How long --watch waits between two looks (default: 2s).")
  private @Nullable Duration every;

  @Option(
      names = "--json",
      description =
          "Writes it to standard output as JSON; with --watch, a document a line, each time something has changed.")
  private boolean json;

  StatusCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (every != null && !watch) {
      throw refused("--every", "it goes with '--watch': give both");
    }
    if (every != null && every.compareTo(SHORTEST) < 0) {
      throw refused("--every", "it is too short: give at least 100ms");
    }
    Path root = tree.root();
    int folders = all ? Integer.MAX_VALUE : SHOWN;
    RunWatch look = new RunWatch(root);
    Submitted queue = new Submitted(root, new Slurm(outside.commands()));
    if (watch) {
      Duration pause = every == null ? Duration.ofSeconds(2) : every;
      return new StatusWatch(outside, root, look, queue, folders)
          .follow(pause, json ? StatusWatch.Form.JSON : StatusWatch.Form.TEXT);
    }
    Standing seen = Standing.of(look.look(), new SystemClock().now());
    Optional<Submitted.View> submitted = queue.look(seen.sight());
    Standing standing = seen.of(submitted);
    if (json) {
      Json.document(
          outside.out(),
          out -> {
            new StatusJson(root, standing).write(out);
            SubmissionStatus.write(submitted, out);
          });
    } else {
      new StatusText(root, standing).lines(folders).forEach(outside.out()::println);
      submitted.map(SubmissionStatus::lines).orElse(List.of()).forEach(outside.out()::println);
      outside.out().flush();
    }
    return ExitCodes.SUCCEEDED;
  }
}
