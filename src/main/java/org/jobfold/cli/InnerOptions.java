package org.jobfold.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jobfold.folder.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The options of {@code run} that were typed at another command, to be handed on to it. */
final class InnerOptions {
  /** What the batch job says itself, or what is meant for the other command. */
  private static final Set<String> NOT_HANDED_ON = Set.of("--json", "--help");

  private static final Set<String> REFUSED = Set.of("--ranks", "--break-lock");

  private InnerOptions() {}

  /**
   * The options as they would be typed.
   *
   * @param spec of the command at which they were typed, with its arguments parsed
   * @param behind what was typed behind {@code --}
   * @param problems gets what can not be handed on
   */
  static List<String> of(CommandSpec spec, List<String> behind, List<Problem> problems) {
    List<String> options = new ArrayList<>();
    CommandSpec run = Setting.run(spec);
    CommandLine.ParseResult parsed = spec.commandLine().getParseResult();
    for (OptionSpec option : parsed.matchedOptions()) {
      OptionSpec known = run.findOption(option.longestName());
      boolean meansTheSame = known != null && known.paramLabel().equals(option.paramLabel());
      if (meansTheSame && !NOT_HANDED_ON.contains(option.longestName())) {
        refuse(option.longestName(), problems);
        options.addAll(words(option));
      }
    }
    if (!behind.isEmpty()) {
      options.addAll(behind(run.commandLine(), behind, problems));
    }
    return options;
  }

  private static List<String> behind(CommandLine run, List<String> behind, List<Problem> problems) {
    List<String> words = new ArrayList<>(List.of("."));
    words.addAll(behind);
    CommandLine.ParseResult parsed = run.parseArgs(words.toArray(String[]::new));
    for (Exception error : parsed.errors()) {
      problems.add(
          Problem.of(
              "behind '--'",
              error instanceof ParameterException wrong
                  ? WrongUsage.text(wrong)
                  : String.valueOf(error.getMessage())));
    }
    parsed.matchedOptions().forEach(option -> refuse(option.longestName(), problems));
    return behind;
  }

  private static void refuse(String option, List<Problem> problems) {
    if (REFUSED.contains(option)) {
      problems.add(
          Problem.of(
              option,
              option.equals("--ranks")
                  ? "the allocation says how many there are: give '--ntasks' or '--ntasks-per-node'"
                  : "a batch job that starts later can not know it: leave it out"));
    }
  }

  private static List<String> words(OptionSpec option) {
    if (option.arity().max() == 0) {
      return option.originalStringValues().stream()
          .map(
              value ->
                  value.equals("false")
                      ? "--no-" + option.longestName().substring(2)
                      : option.longestName())
          .distinct()
          .toList();
    }
    return option.originalStringValues().stream()
        .map(value -> option.longestName() + "=" + value)
        .toList();
  }
}
