package org.jobfold.cli;

import static org.jobfold.cli.TreeArguments.refused;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.PatternSyntaxException;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * A command that does something to the folders that it names: to all of them, or, if a name is
 * wrong, to none.
 */
abstract sealed class FolderNames implements Callable<Integer> permits TagCommand, UntagCommand {
  private final Outside outside;
  private final Deed deed;
  private final String done;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final TreeArguments tree = new TreeArguments();

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FOLDER",
      description =
          "Names of executable folders from the root of the tree, such as /si/a5.43; with *, ? or [...] all that match.")
  private List<String> names = new ArrayList<>();

  /** What is done to the directory of a folder. */
  @FunctionalInterface
  interface Deed {
    void to(Path directory) throws IOException;
  }

  FolderNames(Outside outside, Deed deed, String done) {
    this.outside = outside;
    this.deed = deed;
    this.done = done;
  }

  @Override
  public Integer call() {
    tree.settle(spec, outside.environment());
    JobTree folders = tree.scan(outside.environment()).tree();
    List<Problem> problems = new ArrayList<>();
    SortedSet<FolderName> named = new TreeSet<>();
    for (String name : names) {
      try {
        List<FolderName> matching = matching(name, folders);
        if (matching.isEmpty()) {
          problems.add(
              Problem.of(
                  name,
                  "the tree has no executable folder of this name: 'jobfold scan' shows the names"));
        }
        named.addAll(matching);
      } catch (PatternSyntaxException e) {
        problems.add(
            Problem.of(name, "it is no name of a folder, and not a glob: " + e.getDescription()));
      }
    }
    if (!problems.isEmpty()) {
      throw new RefusedException(problems);
    }
    for (FolderName name : named) {
      Path directory = tree.root().resolve(name.relative());
      try {
        deed.to(directory);
      } catch (IOException e) {
        throw refused(directory.toString(), "the mark can not be changed (" + e.getMessage() + ")");
      }
    }
    outside.err().println(Words.count(named.size(), "folder") + " " + done);
    outside.err().flush();
    return ExitCodes.SUCCEEDED;
  }

  private static List<FolderName> matching(String name, JobTree folders) {
    String absolute = name.startsWith("/") ? name : "/" + name;
    if (absolute.length() > 1 && absolute.endsWith("/")) {
      absolute = absolute.substring(0, absolute.length() - 1);
    }
    String wanted = absolute;
    List<FolderName> exact =
        folders.folders().stream()
            .map(JobFolder::name)
            .filter(n -> n.path().equals(wanted))
            .toList();
    if (!exact.isEmpty()) {
      return exact;
    }
    PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + wanted);
    return folders.folders().stream()
        .map(JobFolder::name)
        .filter(n -> glob.matches(Path.of(n.path())))
        .toList();
  }
}
