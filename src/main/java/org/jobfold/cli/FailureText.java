package org.jobfold.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jobfold.folder.Durations;
import org.jobfold.folder.FolderName;
import org.jobfold.output.FailureGroup;
import org.jobfold.trial.Failure;

/** Failures for people: those that are alike together, with what one of them has printed last. */
final class FailureText {
  /** So many groups are shown with the last lines that they wrote; the rest get a line each. */
  private static final int IN_FULL = 50;

  private static final int NAMES = 5;

  private final Path root;
  private final PrintWriter out;
  private final int hosts;

  /**
   * For a tree with this root.
   *
   * @param hosts how many hosts the run had: where it was one, it goes without saying
   */
  FailureText(Path root, PrintWriter out, int hosts) {
    this.root = root;
    this.out = out;
    this.hosts = hosts;
  }

  /** Prints all groups. */
  void print(List<FailureGroup> groups) {
    int shown = 0;
    for (FailureGroup group : groups) {
      out.println("  " + head(group));
      if (shown++ < IN_FULL) {
        printOutput(group.first(), group.example());
      }
    }
  }

  private String head(FailureGroup group) {
    SortedMap<FolderName, Failure> failures = group.failures();
    Failure failure = group.example();
    String cause = Words.line(failure.cause().text());
    if (failures.size() == 1) {
      return Words.line(group.first().path())
          + ": "
          + cause
          + (failure.trials() == 1 ? "" : " after " + failure.trials() + " trials")
          + ", "
          + Durations.text(failure.usage().elapsed())
          + places(group, ", on ");
    }
    String names =
        failures.keySet().stream()
            .limit(NAMES)
            .map(name -> Words.line(name.path()))
            .collect(Collectors.joining(", "));
    int more = failures.size() - NAMES;
    return failures.size()
        + " × "
        + cause
        + ": "
        + names
        + (more > 0 ? " and " + more + " more" : "")
        + places(group, "; on ");
  }

  private String places(FailureGroup group, String before) {
    String text = hosts > 1 ? HostCount.text(group.failures().values()) : "";
    return text.isEmpty() ? "" : before + text;
  }

  private void printOutput(FolderName folder, Failure failure) {
    Path directory = root.resolve(folder.relative());
    files(failure).stream()
        .map(directory::resolve)
        .filter(FailureText::saysSomething)
        .forEach(file -> out.println("      output: " + Words.line(file.toString())));
    failure.tail().forEach(l -> out.println("      | " + Words.line(l.replace("\t", "    "))));
  }

  /** One that can not be looked at may hold something. */
  private static boolean saysSomething(Path file) {
    try {
      return Files.size(file) > 0;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** The output files of a failure; first the one that the last lines are from. */
  static List<String> files(Failure failure) {
    return Stream.of(failure.tailOf(), failure.stderr(), failure.stdout())
        .filter(file -> !file.isEmpty())
        .distinct()
        .toList();
  }
}
