package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * {@code docs/cli.md} says of each command what the command itself says. After a change, {@code mvn
 * test -Dtest=CliReferenceTest -Djobfold.docs=write} writes it anew.
 */
class CliReferenceTest {
  private static final Path PAGE = Path.of("docs", "cli.md");

  private final StringBuilder page = new StringBuilder();

  @Test
  void isUpToDate() throws IOException {
    CommandLine jobfold = InProcess.commandLine(new StringWriter(), new StringWriter());
    write(jobfold.getCommandSpec());
    jobfold.getSubcommands().values().forEach(command -> write(command.getCommandSpec()));
    String whole = page.toString().strip() + "\n";
    if ("write".equals(System.getProperty("jobfold.docs"))) {
      Files.writeString(PAGE, whole);
    }
    assertThat(Files.readString(PAGE))
        .as("write it anew: mvn test -Dtest=CliReferenceTest -Djobfold.docs=write")
        .isEqualTo(whole);
  }

  private void write(CommandSpec command) {
    boolean all = command.parent() == null;
    line(all ? "# The command line" : "## " + command.qualifiedName());
    line("");
    Stream.of(command.usageMessage().description()).forEach(text -> line(cell(text)));
    line("");
    if (all) {
      line(
          "This page is written from the program. Messages go to standard error; standard output has");
      line("what was asked for: help, a table, or JSON. Several problems are told at once.");
      line("");
      line("| command | what it does |");
      line("| --- | --- |");
      for (Map.Entry<String, CommandLine> sub : command.subcommands().entrySet()) {
        String text = sub.getValue().getCommandSpec().usageMessage().description()[0];
        line("| [`" + sub.getKey() + "`](#jobfold-" + sub.getKey() + ") | " + cell(text) + " |");
      }
      line("");
    } else {
      line("```text");
      line(synopsis(command));
      line("```");
      line("");
    }
    line("| argument | meaning |");
    line("| --- | --- |");
    for (PositionalParamSpec argument : command.positionalParameters()) {
      line("| `" + argument.paramLabel() + "` | " + description(argument.description()) + " |");
    }
    List<OptionSpec> options =
        command.options().stream().sorted(Comparator.comparing(OptionSpec::longestName)).toList();
    for (OptionSpec option : options) {
      line("| `" + names(option) + "` | " + description(option.description()) + " |");
    }
    line("");
    if (!all && command.usageMessage().footer().length > 0) {
      line("```text");
      Stream.of(command.usageMessage().footer()).skip(1).forEach(this::line);
      line("```");
      line("");
    }
  }

  private static String synopsis(CommandSpec command) {
    StringWriter help = new StringWriter();
    command.commandLine().usage(new PrintWriter(help), CommandLine.Help.Ansi.OFF);
    return help.toString()
        .lines()
        .takeWhile(l -> l.startsWith("Usage:") || l.startsWith("   "))
        .map(l -> l.substring("Usage: ".length()))
        .collect(Collectors.joining("\n"));
  }

  private static String names(OptionSpec option) {
    String names = String.join("`, `", option.names());
    return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
  }

  private static String description(String[] lines) {
    return cell(String.join(" ", lines));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("*", "\\*");
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
