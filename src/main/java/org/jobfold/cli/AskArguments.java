package org.jobfold.cli;

import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whose run is asked, and how long its answer is waited for. */
final class AskArguments {
  @Parameters(
      index = "0",
      paramLabel = "TREE",
      description = "The root of the tree that is being run.")
  private Path tree = Path.of("");

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "60s",
      description =
          "How long to wait for the run to answer; a request that it has not seen then is withdrawn (default: ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ofSeconds(60);

  @Option(names = "--json", description = "Writes the answer to standard output as JSON.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean unusedHelp;

  /** The root, absolute, which must be a directory. */
  Path root() {
    return TreeArguments.root(tree);
  }

  /** The root as the user names it. */
  Path tree() {
    return tree;
  }

  Duration patience() {
    return patience;
  }

  boolean asJson() {
    return json;
  }
}
