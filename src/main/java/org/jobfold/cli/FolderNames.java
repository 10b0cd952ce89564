package org.jobfold.cli;

import static org.jobfold.cli.TreeArguments.refused;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.PatternSyntaxException;
import org.jobfold.disk.LockHolder;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
  private final Aim aim;

  @Option(
      names = "--json",
      description = "Writes which folders they are to standard output as JSON.")
  private boolean json;

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

  /** What the folders are to be. */
  enum Aim {
    /** Switched off. */
    OFF,
    /** Switched on. */
    ON
  }

  FolderNames(Outside outside, Deed deed, Aim aim, String done) {
    this.outside = outside;
    this.deed = deed;
    this.done = done;
    this.aim = aim;
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
    List<FolderName> stillTagged = aim == Aim.ON ? tagged(named) : List.of();
    boolean live = isBeingRun();
    if (json) {
      Json.document(outside.out(), out -> write(named, stillTagged, live, out));
    }
    outside.err().println(Words.count(named.size(), "folder") + " " + done);
    stillTagged.forEach(
        name ->
            outside
                .err()
                .println(
                    Words.line(name.path())
                        + ": 'tagged: true' in its folder file keeps it switched off: take that out"));
    if (live) {
      outside
          .err()
          .println(
              "the tree is being run, by the folders as they were: 'jobfold update "
                  + Words.line(tree.place())
                  + "' makes that run take it up");
    }
    outside.err().flush();
    return ExitCodes.SUCCEEDED;
  }

  /** Those that are switched off now, which is by their own folder file. */
  private List<FolderName> tagged(SortedSet<FolderName> named) {
    JobTree now = tree.scan(outside.environment()).tree();
    return named.stream()
        .filter(name -> now.find(name).filter(JobFolder::tagged).isPresent())
        .toList();
  }

  private boolean isBeingRun() {
    return StateDirectory.existing(tree.root())
        .flatMap(StateDirectory::holder)
        .filter(LockHolder::lives)
        .isPresent();
  }

  private void write(
      SortedSet<FolderName> named, List<FolderName> stillTagged, boolean live, JsonGenerator out)
      throws IOException {
    out.writeStringField("tree", tree.root().toString());
    names("folders", named, out);
    names("stillTagged", stillTagged, out);
    out.writeBooleanField("running", live);
  }

  private static void names(String field, Collection<FolderName> names, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (FolderName name : names) {
      out.writeString(name.path());
    }
    out.writeEndArray();
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
