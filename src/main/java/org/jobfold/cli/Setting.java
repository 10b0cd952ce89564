package org.jobfold.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jobfold.disk.RunFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A setting of the whole run: an option that can as well be said in {@code jobfold.yaml} or in the
 * environment. There is one for each option of {@code run} that does not hold for once.
 *
 * @param option as it is typed
 */
record Setting(OptionSpec option) {
  /** What all variables of settings begin with. */
  static final String VARIABLE = "JOBFOLD_";

  /** Each folder resolves what they refer to for itself. */
  private static final String PARAM = "--param";

  /** What is true of the machine, and not of one tree: runs within trials are to know it too. */
  private static final Set<String> OF_THE_MACHINE = Set.of("--mpi-launcher", "--start-line");

  /** What a trial is told of its own ranks and GPUs. */
  private static final Set<String> OF_THE_TRIAL =
      Set.of("JOBFOLD_HOSTS", "JOBFOLD_MACHINEFILE", "JOBFOLD_GPUS");

  /** Those of a command, in order of their keys. */
  static List<Setting> of(CommandSpec command) {
    List<Setting> settings = new ArrayList<>();
    for (OptionSpec option : command.options()) {
      if (!RunArguments.isForOnce(option)) {
        settings.add(new Setting(option));
      }
    }
    settings.sort(Comparator.comparing(Setting::key));
    return settings;
  }

  /** Those of all commands that take settings: the ones of {@code run}. */
  static List<Setting> all(CommandSpec command) {
    return of(run(command));
  }

  /** The command {@code run}, whichever is given. */
  static CommandSpec run(CommandSpec command) {
    return Objects.requireNonNull(command.root().subcommands().get("run")).getCommandSpec();
  }

  /** Its key in the file: the option without dashes; in the plural where it has names below it. */
  String key() {
    String name = option.longestName().substring(2);
    return isTable() ? name + "s" : name;
  }

  /** Its variable in the environment. */
  String variable() {
    return VARIABLE + key().toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** What its key may hold. */
  RunFile.Shape shape() {
    if (isParam()) {
      return RunFile.Shape.TEMPLATES;
    }
    if (isTable()) {
      return RunFile.Shape.TABLE;
    }
    if (isList()) {
      return RunFile.Shape.LIST;
    }
    return option.arity().max() == 0 ? RunFile.Shape.SWITCH : RunFile.Shape.TEXT;
  }

  /**
   * Whether its variable says something else here: a trial has hosts of its own, which are not
   * those that jobfold itself is to use.
   */
  boolean isOfTheTrial(Map<String, String> environment) {
    return environment.containsKey("JOBFOLD_FOLDER") && OF_THE_TRIAL.contains(variable());
  }

  /** Whether it has several values, each with a name of the user's own. */
  boolean isTable() {
    return option.isMultiValue() && option.paramLabel().contains("=");
  }

  /** Whether it has several values without names. */
  boolean isList() {
    return option.isMultiValue() && !isTable();
  }

  /** Whether it is the params of folders. */
  boolean isParam() {
    return option.longestName().equals(PARAM);
  }

  /** Whether trials do not see its variable, which is for this run alone. */
  boolean isForThisRunAlone() {
    return !OF_THE_MACHINE.contains(option.longestName());
  }

  /** Whether a command has this option, and means the same by it. */
  boolean isOf(CommandSpec command) {
    OptionSpec same = command.findOption(option.longestName());
    return same != null && same.paramLabel().equals(option.paramLabel());
  }

  /** What holds where nobody says anything; none where that depends on the machine or the tree. */
  Optional<String> defaultValue() {
    return Optional.ofNullable(option.defaultValue())
        .or(() -> shape() == RunFile.Shape.SWITCH ? Optional.of("false") : Optional.empty());
  }
}
