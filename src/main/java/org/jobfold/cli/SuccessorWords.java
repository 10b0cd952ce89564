package org.jobfold.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The words with which a command goes on in another allocation: {@code run} and {@code resume} go
 * on as {@code resume}, which remembers the options that are settings. Of those that hold for once,
 * some were done by then, as {@code --retry-failed}, and some are to hold to the end.
 */
final class SuccessorWords {
  private static final Set<String> COMMANDS = Set.of("run", "resume");
  private static final Set<String> LASTING = Set.of("--json", "--part");
  private static final String END = "--end";

  private SuccessorWords() {}

  /**
   * The words.
   *
   * @param line knows the command
   * @param arguments as they were typed
   * @param began when the command was given first: an end that is so far from now is so far from
   *     then
   */
  static String[] of(CommandLine line, String[] arguments, Instant began) {
    ParseResult parsed = line.parseArgs(arguments);
    Optional<ParseResult> command = Optional.ofNullable(parsed.subcommand());
    if (command.isEmpty()
        || !COMMANDS.contains(command.get().commandSpec().name())
        || !WrongUsage.in(parsed).isEmpty()
        || command.get().isUsageHelpRequested()) {
      return arguments;
    }
    List<String> words = new ArrayList<>(List.of("resume"));
    for (OptionSpec option : command.get().matchedOptions()) {
      String name = option.longestName();
      if (LASTING.contains(name)) {
        words.add(name + (option.arity().max() == 0 ? "" : "=" + value(option)));
      } else if (name.equals(END)) {
        words.add(END + "=" + EndTime.parse(value(option)).saidAt(EndTime.here(began)));
      }
    }
    words.add("--");
    command.get().matchedPositionals().forEach(tree -> words.addAll(tree.originalStringValues()));
    return words.toArray(String[]::new);
  }

  private static String value(OptionSpec option) {
    List<String> values = option.originalStringValues();
    return values.get(values.size() - 1);
  }
}
