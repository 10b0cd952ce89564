package org.jobfold.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the arguments of a command: all of it, in jobfold's own words. */
final class WrongUsage {
  /** A name is near another if so many letters make the difference. */
  private static final int NEAR = 2;

  private WrongUsage() {}

  /** What the parser has found; empty if the arguments are right, or ask for help. */
  static List<ParameterException> in(ParseResult parsed) {
    List<ParameterException> found = new ArrayList<>();
    for (Optional<ParseResult> level = Optional.of(parsed);
        level.isPresent();
        level = level.flatMap(l -> Optional.ofNullable(l.subcommand()))) {
      if (level.get().isUsageHelpRequested() || level.get().isVersionHelpRequested()) {
        return List.of();
      }
      for (Exception error : level.get().errors()) {
        found.add(
            error instanceof ParameterException wrong
                ? wrong
                : new ParameterException(
                    level.get().commandSpec().commandLine(), String.valueOf(error.getMessage())));
      }
    }
    return found;
  }

  /** Says all of it, and where to read more. */
  static void print(List<ParameterException> all, PrintWriter err) {
    all.stream()
        .map(WrongUsage::text)
        .distinct()
        .forEach(text -> err.println("jobfold: " + Words.line(text)));
    CommandSpec command = all.get(0).getCommandLine().getCommandSpec();
    err.println("'" + command.qualifiedName() + " --help' shows how it is used");
    err.flush();
  }

  /** What is wrong, for people. */
  static String text(ParameterException wrong) {
    CommandLine line = wrong.getCommandLine();
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched.getUnmatched().get(0), line);
    }
    if (wrong instanceof MissingParameterException missing) {
      return missing(missing.getMissing());
    }
    if (wrong instanceof OverwrittenOptionException twice) {
      return subject(twice.getOverwritten()) + " is given twice: give it once";
    }
    ArgSpec argument = wrong.getArgSpec();
    return argument != null && wrong.getCause() instanceof TypeConversionException
        ? subject(argument) + ": " + reason(wrong)
        : reason(wrong);
  }

  /** What is wrong with the value of an argument. */
  static String reason(ParameterException wrong) {
    return wrong.getCause() instanceof TypeConversionException why
        ? String.valueOf(why.getMessage())
        : lowerCase(String.valueOf(wrong.getMessage()));
  }

  private static String unmatched(String argument, CommandLine line) {
    CommandSpec command = line.getCommandSpec();
    if (argument.startsWith("-") && argument.length() > 1) {
      String option = argument.replaceFirst("(?s)=.*", "");
      List<String> options =
          command.options().stream().flatMap(o -> List.of(o.names()).stream()).toList();
      return "there is no option '" + option + "'" + suggestion(option, options);
    }
    if (!command.subcommands().isEmpty()) {
      List<String> commands = List.copyOf(command.subcommands().keySet());
      String near = suggestion(argument, commands);
      return "there is no command '"
          + argument
          + "'"
          + (near.isEmpty() ? ": there are " + String.join(", ", commands) : near);
    }
    return "the argument '"
        + argument
        + "' is one too many: leave it out, or quote names that have blanks";
  }

  private static String missing(List<ArgSpec> missing) {
    if (missing.get(0) instanceof OptionSpec option) {
      return subject(option) + " has no value: write " + written(option);
    }
    String names = missing.stream().map(ArgSpec::paramLabel).collect(Collectors.joining(" and "));
    return names + (missing.size() == 1 ? " is missing" : " are missing");
  }

  private static String subject(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? "option '" + option.longestName() + "'"
        : argument.paramLabel();
  }

  private static String written(OptionSpec option) {
    return option.longestName() + " " + option.paramLabel();
  }

  /** The end of a message: the name that was most likely meant, if there is one. */
  static String suggestion(String wrong, List<String> names) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return wrong.length() <= NEAR
        ? ""
        : names.stream()
            .filter(name -> distance.apply(wrong, name) <= NEAR)
            .min(Comparator.comparing(name -> distance.apply(wrong, name)))
            .map(name -> ": did you mean '" + name + "'?")
            .orElse("");
  }

  private static String lowerCase(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
