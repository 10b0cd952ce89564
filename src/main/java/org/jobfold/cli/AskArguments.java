package org.jobfold.cli;

import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose run is asked, and how long its answer is waited for. */
final class AskArguments {
  @Mixin private final RootArgument tree = new RootArgument();

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "60s",
      description =
          "How long to wait for the run to answer; a request that it has not seen then is withdrawn (default: ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ofSeconds(60);

  @Option(names = "--json", description = "Writes the answer to standard output as JSON.")
  private boolean json;

  /** The root, absolute, which must be a directory. */
  Path root() {
    return tree.root();
  }

  /** The root as the user names it. */
  Path tree() {
    return tree.given();
  }

  Duration patience() {
    return patience;
  }

  boolean asJson() {
    return json;
  }
}
