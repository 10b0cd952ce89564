package org.jobfold.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jobfold.disk.RunFile;
import org.jobfold.folder.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Collects what is said about the settings of a run: in {@code jobfold.yaml}, in the environment,
 * by the run that this one goes on from, and on the command line.
 *
 * <p>Each value is tried by the parser of the command line, so that it means the same wherever it
 * is said. That leaves the command {@code run} with values of no meaning: parse its arguments
 * again.
 */
final class SettingsReading {
  private final Map<String, Setting> byKey;
  private final CommandLine trying;
  private final List<Said> said = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private SettingsReading(CommandSpec command) {
    byKey =
        Setting.all(command).stream()
            .collect(
                Collectors.toMap(
                    Setting::key, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    trying = Setting.run(command).commandLine();
  }

  /**
   * Collects all.
   *
   * @param command with its arguments parsed
   * @param root of the tree, as the user names it
   * @param remembered arguments of the last run, where they are to hold
   */
  static RunSettings of(
      CommandSpec command, Path root, Map<String, String> environment, List<String> remembered) {
    SettingsReading reading = new SettingsReading(command);
    List<Said> typed = reading.typed(command);
    List<Said> before = reading.remembered(remembered);
    List<Said> variables = reading.environment(environment);
    List<Said> late = new ArrayList<>(variables);
    late.addAll(before);
    late.addAll(typed);
    if (RunFile.isIn(root)) {
      reading.file(root, environment, late);
    }
    reading.said.addAll(late);
    return new RunSettings(List.copyOf(reading.byKey.values()), reading.said, reading.problems);
  }

  private void file(Path root, Map<String, String> environment, List<Said> late) {
    Map<String, RunFile.Shape> keys = new LinkedHashMap<>();
    byKey.forEach((key, setting) -> keys.put(key, setting.shape()));
    Map<String, String> params = new LinkedHashMap<>();
    late.stream()
        .filter(each -> each.setting().isParam())
        .forEach(each -> params.put(each.name(), each.text()));
    RunFile file = RunFile.read(root, keys, environment, params);
    problems.addAll(file.problems());
    for (RunFile.Value value : file.values()) {
      Setting setting = byKey.get(value.key());
      if (setting != null) {
        Origin origin = Origin.file(value.place(), value.line());
        take(new Said(setting, value.name(), value.text(), origin), said);
      }
    }
  }

  private List<Said> environment(Map<String, String> environment) {
    List<Said> found = new ArrayList<>();
    if (environment.keySet().stream().noneMatch(name -> name.startsWith(Setting.VARIABLE))) {
      return found;
    }
    for (Setting setting : byKey.values()) {
      String text = environment.getOrDefault(setting.variable(), "");
      Origin origin = Origin.variable(setting.variable());
      if (!text.isBlank() && !setting.isOfTheTrial(environment)) {
        for (String part : setting.shape().isOne() ? new String[] {text} : text.split(",")) {
          take(Said.of(setting, part.strip(), origin), found);
        }
      }
    }
    return found;
  }

  private List<Said> remembered(List<String> arguments) {
    List<Said> found = new ArrayList<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      Optional<Setting> setting =
          byKey.values().stream()
              .filter(each -> each.option().longestName().equals(parts[0]))
              .findFirst();
      if (setting.isPresent() && parts.length == 2) {
        take(Said.of(setting.get(), parts[1], Origin.LAST_RUN), found);
      } else {
        problems.add(
            Problem.of(
                parts[0],
                "the last run had this option, which this version does not know: use 'jobfold run'"));
      }
    }
    return found;
  }

  private List<Said> typed(CommandSpec command) {
    List<Said> found = new ArrayList<>();
    for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
      byKey.values().stream()
          .filter(setting -> setting.option().longestName().equals(option.longestName()))
          .forEach(
              setting ->
                  option
                      .originalStringValues()
                      .forEach(text -> found.add(Said.of(setting, text, Origin.COMMAND_LINE))));
    }
    return found;
  }

  /** Takes a value, or says why it can not be used. */
  private void take(Said value, List<Said> to) {
    CommandLine.ParseResult tried = trying.parseArgs(".", value.argument());
    if (tried.errors().isEmpty()) {
      to.add(value);
      return;
    }
    String reason =
        tried.errors().get(0) instanceof ParameterException wrong
            ? WrongUsage.reason(wrong)
            : String.valueOf(tried.errors().get(0).getMessage());
    problems.add(value.problem("can not be used: " + reason));
  }
}
