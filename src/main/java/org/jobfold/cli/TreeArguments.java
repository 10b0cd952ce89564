package org.jobfold.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jobfold.disk.Match;
import org.jobfold.disk.Scan;
import org.jobfold.disk.ScanOptions;
import org.jobfold.disk.TreeScanner;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
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
  private List<Param> params = new ArrayList<>();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean unusedHelp;

  private RunSettings settings = RunSettings.NONE;
  private Optional<Set<FolderName>> only = Optional.empty();

  /** The root, absolute, which must be a directory. */
  Path root() {
    return root(tree);
  }

  /** A root that a user names, absolute, which must be a directory. */
  static Path root(Path tree) {
    refuse(wrongTree(tree));
    if (!tree.toString().contains("..")) {
      return tree.toAbsolutePath().normalize();
    }
    try {
      return tree.toRealPath();
    } catch (IOException e) {
      throw refused(tree.toString(), "it can not be entered: name the root of a tree");
    }
  }

  /** The root as the user names it. */
  String place() {
    return tree.toString();
  }

  Map<String, String> params() {
    Map<String, String> map = new LinkedHashMap<>();
    params.forEach(param -> map.put(param.name(), param.value()));
    return map;
  }

  /** Whether folders are executable by what they hold. */
  boolean hasMatch() {
    return match != null;
  }

  /**
   * Puts in what {@code jobfold.yaml} and the environment say where nothing was typed. What is
   * wrong with it is among the problems of {@link #scan}.
   *
   * @param spec of the command that has these arguments; all its fields are set anew
   */
  void settle(CommandSpec spec, Map<String, String> environment) {
    settle(spec, environment, List.of());
  }

  /**
   * The same, with the options of the last run above them.
   *
   * @param remembered options as they would be typed
   */
  void settle(CommandSpec spec, Map<String, String> environment, List<String> remembered) {
    refuse(wrongTree(tree));
    CommandLine line = spec.commandLine();
    List<String> words = line.getParseResult().originalArgs();
    settings =
        SettingsReading.of(spec, tree, environment, remembered)
            .withOneOf(RankArguments.ALTERNATIVES);
    if (!settings.isTypedAlone()) {
      List<String> all = new ArrayList<>(settings.below(spec));
      all.addAll(words.subList(words.indexOf(spec.name()) + 1, words.size()));
      line.setOverwrittenOptionsAllowed(true).parseArgs(all.toArray(String[]::new));
    }
  }

  /** From now on, only these folders are there. */
  void only(Collection<FolderName> folders) {
    only = Optional.of(Set.copyOf(folders));
  }

  /** What is said about the settings, once they are {@linkplain #settle settled}. */
  RunSettings settings() {
    return settings;
  }

  /** The variables of the environment that are for this run alone, and not for its trials. */
  Set<String> variables() {
    return settings.known().stream()
        .filter(Setting::isForThisRunAlone)
        .map(Setting::variable)
        .collect(Collectors.toSet());
  }

  /**
   * Reads the tree. What is wrong with the settings is among the problems.
   *
   * @throws RefusedException if it can not be read at all
   */
  Scan scan(Map<String, String> environment) {
    try {
      return settings.placed(scanner(environment, settings.typedParams()).scan(params()));
    } catch (RefusedException e) {
      throw new RefusedException(settings.withOwn(e.problems()));
    }
  }

  /**
   * Reads the tree once more, while it is run. Files are named from the real root: who wants to
   * know may be in another directory.
   *
   * @throws RefusedException if it can not be read at all
   */
  Scan rescan(Map<String, String> environment) {
    Path root = root();
    try {
      root = root.toRealPath();
    } catch (IOException e) {
      // the scan says why it can not be read
    }
    return settings.placed(scanner(environment, Set.of()).at(root).scan(params()));
  }

  /** The glob by which files make folders executable, if there is one. */
  Optional<String> glob() {
    return Optional.ofNullable(match);
  }

  /** What is wrong with the match; one whose half could not be used is not told again. */
  List<Problem> wrongMatch() {
    if ((match == null) == (command == null) || !settings.problems().isEmpty()) {
      return List.of();
    }
    boolean inFile =
        settings
            .one("--command")
            .filter(said -> said.origin().kind() == Origin.Kind.FILE)
            .isPresent();
    return List.of(
        match == null && inFile
            ? settings
                .one("--command")
                .orElseThrow()
                .problem(
                    "is what 'match' runs, and there is no 'match': write it, too; what the root"
                        + " itself runs is said in 'job.yaml'")
            : settings.placed(
                Problem.of(
                    match == null ? "--command" : "--match",
                    "'--match' and '--command' go together: give both")));
  }

  private TreeScanner scanner(Map<String, String> environment, Set<String> typedParams) {
    List<Problem> problems = wrongTree(tree);
    problems.addAll(wrongMatch());
    refuse(problems);
    ScanOptions options =
        ScanOptions.standard()
            .with(environment)
            .with(settings.known().stream().map(Setting::key).collect(Collectors.toSet()))
            .typed(typedParams);
    if (only.isPresent()) {
      options = options.only(only.get());
    }
    return new TreeScanner(
        tree, match == null || command == null ? options : options.with(new Match(match, command)));
  }

  private static List<Problem> wrongTree(Path tree) {
    List<Problem> problems = new ArrayList<>();
    if (tree.toString().isEmpty()) {
      problems.add(Problem.of("TREE", "it is empty: name the root of a tree of job folders"));
    } else if (!Files.isDirectory(tree)) {
      String why = Files.exists(tree) ? "it is not a directory" : "there is no such directory";
      problems.add(Problem.of(tree.toString(), why + ": name the root of a tree of job folders"));
    }
    return problems;
  }

  private static void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new RefusedException(problems);
    }
  }

  static RefusedException refused(String place, String message) {
    return new RefusedException(List.of(Problem.of(place, message)));
  }
}
