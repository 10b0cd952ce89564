package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jobfold.folder.Command;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Settings;
import org.jobfold.folder.Step;
import org.jobfold.print.Declared;

/**
 * What is in the inputs and outputs of folders.
 *
 * <p>Inputs, whether declared or not, are also: the file of standard input, a program that is named
 * by a path relative to the folder, and the relative entries of a call's class path.
 *
 * <p>Inputs are never: what a folder declares as its outputs, and, unless it is named, what jobfold
 * writes or reads itself: standard output and error, also of earlier trials, and folder files.
 */
final class FolderContents {
  private final Path root;
  private final Predicate<FolderName> isJobFolder;
  private final ContentReader reader;
  private final Map<String, Glob> globs = new ConcurrentHashMap<>();

  FolderContents(Path root, Predicate<FolderName> isJobFolder, ContentReader reader) {
    this.root = root;
    this.isJobFolder = isJobFolder;
    this.reader = reader;
  }

  /**
   * The inputs of a folder.
   *
   * @param known what was in them earlier
   */
  ReadFiles inputs(JobFolder folder, Declared declared, SortedMap<String, Content> known) {
    List<String> names = new ArrayList<>(declared.also());
    folder.settings().stdin().ifPresent(names::add);
    folder.functional().asSteps().forEach(step -> addFiles(step, names));
    List<Glob> exact = names.stream().map(Glob::exactly).toList();
    List<Glob> wanted = new ArrayList<>(exact);
    declared.inputs().orElse(List.of()).forEach(text -> wanted.add(glob(text)));
    FoundFiles found =
        FileSearch.find(
            root,
            directory(folder),
            wanted,
            this::runsSomething,
            name -> isOfJobfold(name, folder.settings()));
    List<Glob> outputs = declared.outputs().orElse(List.of()).stream().map(this::glob).toList();
    Set<String> outs = new HashSet<>();
    for (SortedSet<String> some : List.of(new TreeSet<>(found.there().keySet()), found.missing())) {
      for (String name : some) {
        if (matches(outputs, name) && !matches(exact, name)) {
          outs.add(name);
        }
      }
    }
    found.there().keySet().removeAll(outs);
    found.missing().removeAll(outs);
    return read(found, known);
  }

  /** The declared outputs of a folder. */
  ReadFiles outputs(JobFolder folder, List<String> outputs, SortedMap<String, Content> known) {
    List<Glob> wanted = outputs.stream().map(this::glob).toList();
    return read(
        FileSearch.find(root, directory(folder), wanted, this::runsSomething, name -> false),
        known);
  }

  private ReadFiles read(FoundFiles found, SortedMap<String, Content> known) {
    SortedMap<String, Content> contents = new TreeMap<>();
    SortedSet<String> missing = new TreeSet<>(found.missing());
    SortedMap<String, String> unreadable = new TreeMap<>(found.unreadable());
    found
        .there()
        .forEach(
            (name, file) -> {
              try {
                contents.put(
                    name,
                    reader.read(file.path(), file.stamp(), Optional.ofNullable(known.get(name))));
              } catch (NoSuchFileException vanished) {
                missing.add(name);
              } catch (IOException e) {
                unreadable.put(name, Reasons.of(e));
              }
            });
    return new ReadFiles(contents, missing, unreadable);
  }

  private static void addFiles(Step step, List<String> names) {
    if (step.functional() instanceof Functional.Program program
        && program.command() instanceof Command.Exec exec) {
      String first = exec.argv().get(0);
      if (first.contains("/") && !first.startsWith("/")) {
        names.add(first);
      }
    } else if (step.functional() instanceof Functional.Call call) {
      call.classpath().stream().filter(entry -> !entry.startsWith("/")).forEach(names::add);
    }
  }

  private Path directory(JobFolder folder) {
    return root.resolve(folder.name().relative());
  }

  private Glob glob(String text) {
    return globs.computeIfAbsent(text, Glob::of);
  }

  private static boolean matches(List<Glob> globs, String name) {
    return globs.stream().anyMatch(glob -> glob.matches(name));
  }

  private static boolean isOfJobfold(String name, Settings settings) {
    return FolderFiles.isSettings(name)
        || Matching.isOutput(name)
        || isOutput(name, settings.stdout())
        || isOutput(name, settings.stderr());
  }

  /**
   * Whether it is the output of this trial, or of an earlier one, whose has a number at its end.
   */
  private static boolean isOutput(String name, String output) {
    return name.startsWith(output) && EARLIER.matcher(name.substring(output.length())).matches();
  }

  private static final Pattern EARLIER = Pattern.compile("|\\.\\d+");

  private boolean runsSomething(Path directory) {
    Path plain = directory.normalize();
    return plain.startsWith(root) && isJobFolder.test(new FolderName("/" + root.relativize(plain)));
  }
}
