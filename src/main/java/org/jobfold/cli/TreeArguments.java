package org.jobfold.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jobfold.disk.Match;
import org.jobfold.disk.ScanOptions;
import org.jobfold.disk.TreeScanner;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which tree, and how to read it. */
final class TreeArguments {
  @Parameters(
      index = "0",
      paramLabel = "TREE",
      description = "The root of the tree of job folders.")
  private Path tree = Path.of("");

  @Option(
      names = "--match",
      paramLabel = "GLOB",
      description =
          "Folders with files of this name are executable: each such file is run by --command. A GLOB with a slash is matched from the root of the tree.")
  private @Nullable String match;

  @Option(
      names = "--command",
      paramLabel = "LINE",
      description = "The shell line for --match; {match} stands for the name of the file.")
  private @Nullable String command;

  @Option(
      names = {"-p", "--param"},
      paramLabel = "NAME=VALUE",
      description = "Overrides a param of all folders. May be given several times.")
  private Map<String, String> params = new LinkedHashMap<>();

  /** The root, which must be a directory. */
  Path root() {
    if (!Files.isDirectory(tree)) {
      String why = Files.exists(tree) ? "it is not a directory" : "there is no such directory";
      throw refused(tree.toString(), why + ": name the root of a tree of job folders");
    }
    return tree.toAbsolutePath().normalize();
  }

  Map<String, String> params() {
    return params;
  }

  /** The scanner of the tree. */
  TreeScanner scanner(Map<String, String> environment) {
    ScanOptions options = ScanOptions.standard().with(environment);
    if (match == null && command == null) {
      return new TreeScanner(root(), options);
    }
    if (match == null || command == null) {
      throw refused(
          match == null ? "--command" : "--match",
          "'--match' and '--command' go together: give both");
    }
    return new TreeScanner(root(), options.with(new Match(match, command)));
  }

  static RefusedException refused(String place, String message) {
    return new RefusedException(List.of(Problem.of(place, message)));
  }
}
