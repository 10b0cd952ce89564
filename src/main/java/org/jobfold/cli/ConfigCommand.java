package org.jobfold.cli;

import static org.jobfold.cli.TreeArguments.refused;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code jobfold config}: shows the settings that a run would have, and where each was said.
 *
 * <p>It never reads folders, takes the tree, or writes anything.
 */
@Command(
    name = "config",
    description = {
      "Shows the settings that a run with these options would have, and where each was said: jobfold.yaml at the root of the tree, the environment, the command line. Starts nothing."
    },
    footer = {
      "",
      "Examples:",
      "  jobfold config sweep",
      "  jobfold config sweep --nbpools 2 -p temperature=300",
      "  jobfold config sweep --resume",
      "",
      "Exit codes: 0 the settings can be used; 2 wrong usage or refused input."
    })
final class ConfigCommand implements Callable<Integer> {
  private final Outside outside;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final TreeArguments tree = new TreeArguments();

  @Mixin private final RunArguments how = new RunArguments();

  /** Of a run, whose settings are shown. */
  @SuppressWarnings("UnusedVariable")
  @Mixin
  private final GpuArguments gpus = new GpuArguments();

  @Option(
      names = "--resume",
      description = "Shows those of 'jobfold resume': with the options of the last run.")
  private boolean resume;

  private ConfigCommand(Outside outside) {
    this.outside = outside;
  }

  /** The command, with those options of a run alone that are settings. */
  static CommandSpec spec(Outside outside) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(new ConfigCommand(outside));
    for (OptionSpec option : List.copyOf(spec.options())) {
      if (RunArguments.isForOnce(option)
          && !option.usageHelp()
          && !option.longestName().equals("--json")) {
        spec.remove(option);
      }
    }
    return spec;
  }

  @Override
  public Integer call() {
    Path root = tree.root();
    tree.settle(spec, outside.environment(), resume ? remembered(root) : List.of());
    List<Problem> problems = new ArrayList<>(tree.settings().problems());
    problems.addAll(tree.wrongMatch());
    problems.sort(null);
    List<Said> values = values();
    if (how.asJson()) {
      Json.document(
          outside.out(),
          out -> {
            out.writeStringField("tree", root.toString());
            SettingsText.write(values, out);
            Problems.write(problems, out);
          });
    } else {
      table(values, outside.out());
    }
    Problems.list(problems, outside.err());
    tellSlips(outside.err());
    return problems.isEmpty() ? ExitCodes.SUCCEEDED : ExitCodes.REFUSED;
  }

  private List<String> remembered(Path root) {
    if (!StateDirectory.isIn(root)) {
      throw refused(
          tree.place(),
          "it has not been run, so there are no options of a last run: leave out '--resume'");
    }
    return StateDirectory.of(root).remembered();
  }

  /** What holds, also where nobody says anything. */
  private List<Said> values() {
    List<Said> values = new ArrayList<>();
    tree.settings().holding().forEach(values::addAll);
    Map<String, String> computed =
        tree.settings().problems().isEmpty()
            ? new ComputedSettings(outside, how).values()
            : Map.of();
    for (Setting setting : tree.settings().known()) {
      if (values.stream().noneMatch(said -> said.setting().equals(setting))) {
        String made =
            setting.defaultValue().isPresent() ? "" : computed.getOrDefault(setting.key(), "");
        values.add(
            made.isEmpty()
                ? new Said(setting, "", setting.defaultValue().orElse(""), Origin.DEFAULT)
                : new Said(setting, "", made, Origin.COMPUTED));
      }
    }
    values.sort(Comparator.comparing(Said::key));
    return values;
  }

  private static void table(List<Said> values, PrintWriter out) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"SETTING", "VALUE", "ORIGIN"});
    for (Said said : values) {
      rows.add(
          SettingsText.row(said.key(), said.text().isEmpty() ? "-" : said.text(), said.origin()));
    }
    Columns.print(rows, out);
    out.flush();
  }

  /** A variable that is nearly that of a setting was most likely meant to be it. */
  private void tellSlips(PrintWriter err) {
    List<String> variables = tree.settings().known().stream().map(Setting::variable).toList();
    outside.environment().keySet().stream()
        .filter(name -> name.startsWith(Setting.VARIABLE) && !variables.contains(name))
        .filter(name -> !name.startsWith("JOBFOLD_PARAM_"))
        .sorted()
        .map(name -> new String[] {name, WrongUsage.suggestion(name, variables)})
        .filter(slip -> !slip[1].isEmpty())
        .forEach(
            slip ->
                err.println(
                    Words.line("jobfold: the variable '" + slip[0] + "' is no setting" + slip[1])));
    err.flush();
  }
}
