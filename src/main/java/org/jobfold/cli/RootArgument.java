package org.jobfold.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which tree, for commands that do not read its folders. */
final class RootArgument {
  @Parameters(
      index = "0",
      paramLabel = "TREE",
      description = "The root of the tree of job folders.")
  private Path tree = Path.of("");

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
  Path given() {
    return tree;
  }
}
