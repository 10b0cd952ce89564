package org.jobfold.disk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Pattern;
import org.jobfold.folder.Command;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Functional;
import org.jobfold.folder.Glob;
import org.jobfold.folder.ShellWords;
import org.jobfold.folder.Step;

/** A match, ready to be applied to folders. */
final class Matching {
  /** Standard output and error of a folder or one of its steps, of now or of an earlier trial. */
  private static final Pattern OUTPUT =
      Pattern.compile("(?:.+\\.)?(?:stdout|stderr)(?:\\.\\d+)?", Pattern.DOTALL);

  private static final Pattern NOT_FOR_STEPS = Pattern.compile("[^\\p{L}\\p{N}_+.-]");

  private final Match match;
  private final Glob matcher;
  private final boolean byPath;
  private final boolean alsoHidden;

  /**
   * Makes a match ready.
   *
   * @throws IllegalArgumentException if the glob is not one, or the command is empty; the message
   *     says what to do
   */
  Matching(Match match) {
    String glob = match.glob();
    String last = glob.substring(glob.lastIndexOf('/') + 1);
    if (last.isEmpty()) {
      throw new IllegalArgumentException("'" + glob + "' names no file: write one such as 'in.*'");
    }
    if (match.command().isBlank()) {
      throw new IllegalArgumentException("the command is empty: write what to run on '{match}'");
    }
    matcher = Glob.of(glob.startsWith("/") ? glob.substring(1) : glob);
    this.match = match;
    byPath = glob.contains("/");
    alsoHidden = last.startsWith(".");
  }

  /**
   * Whether a file of a folder matches. What jobfold writes never does: it would run as an input
   * the next time.
   */
  boolean matches(FolderName folder, Path fileName) {
    if (isOutput(fileName.toString())) {
      return false;
    }
    if (!alsoHidden && fileName.toString().startsWith(".")) {
      return false;
    }
    String file = fileName.toString();
    return matcher.matches(byPath && !folder.isRoot() ? folder.relative() + "/" + file : file);
  }

  /** Whether a file is named like what jobfold writes. */
  static boolean isOutput(String fileName) {
    return OUTPUT.matcher(fileName).matches();
  }

  /** What a folder with these files runs. */
  Functional functional(SortedSet<String> fileNames) {
    if (fileNames.size() == 1) {
      return program(fileNames.first());
    }
    List<Step> steps = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (String fileName : fileNames) {
      String safe = NOT_FOR_STEPS.matcher(fileName).replaceAll("_");
      String start = safe.startsWith("-") ? "_" + safe.substring(1) : safe;
      String name = start;
      for (int i = 2; !taken.add(name); i++) {
        name = start + "-" + i;
      }
      steps.add(new Step(name, program(fileName), Optional.empty()));
    }
    return new Functional.Steps(steps);
  }

  private Functional.Single program(String fileName) {
    return new Functional.Program(
        new Command.Shell(match.command().replace(Match.PLACEHOLDER, quoted(fileName))));
  }

  /** A file name as a shell reads it as one word, and no program as an option. */
  static String quoted(String fileName) {
    String file = fileName.startsWith("-") ? "./" + fileName : fileName;
    return ShellWords.word(file);
  }
}
