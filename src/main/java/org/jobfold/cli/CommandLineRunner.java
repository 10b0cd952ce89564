package org.jobfold.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jobfold.comm.MpiSizeException;
import org.jobfold.folder.Durations;
import org.jobfold.folder.RefusedException;
import org.jobfold.run.BrokenOff;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * The whole command line: parses the arguments, runs the command they name, and turns what it
 * throws into words and an exit code.
 */
public final class CommandLineRunner {
  private CommandLineRunner() {}

  /** The command {@code jobfold} itself. */
  @Command(
      name = "jobfold",
      description = "Runs a tree of job folders in parallel inside one allocation.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "",
        "'jobfold COMMAND --help' tells more of each. To begin with:",
        "  jobfold scan TREE    what would run, and what is wrong",
        "  jobfold run TREE     run it"
      })
  static final class Jobfold implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Shows this help.")
    private boolean unusedHelp;

    @Option(
        names = {"-V", "--version"},
        versionHelp = true,
        description = "Shows the version.")
    private boolean unusedVersion;

    @Override
    public void run() {
      CommandLine line = spec.commandLine();
      line.getErr().println("jobfold: a command is missing: 'jobfold run TREE' runs a tree");
      line.getErr().println();
      line.usage(line.getErr());
      line.getErr().flush();
      throw new Said();
    }
  }

  /** What is wrong with the arguments has been said. */
  private static final class Said extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Runs the command that the arguments name; gives its exit code. */
  public static int run(String[] arguments, Outside outside) {
    return commandLine(outside).execute(arguments);
  }

  /** All commands and their options. */
  static CommandLine commandLine(Outside outside) {
    CommandLine line = new CommandLine(new Jobfold());
    line.addSubcommand(new RunCommand(outside));
    line.addSubcommand(new ResumeCommand(outside));
    line.addSubcommand(new UpdateCommand(outside));
    line.addSubcommand(new StopCommand(outside));
    line.addSubcommand(new ScanCommand(outside));
    line.addSubcommand(new StatusCommand(outside));
    line.addSubcommand(new ErrorsCommand(outside));
    line.addSubcommand(new GraphCommand(outside));
    line.addSubcommand(new TagCommand(outside));
    line.addSubcommand(new UntagCommand(outside));
    line.addSubcommand(ConfigCommand.spec(outside));
    line.addSubcommand(new CleanCommand(outside));
    line.addSubcommand(new HelpCommand());
    line.getCommandSpec().version("jobfold " + outside.version());
    line.getSubcommands().values().forEach(CommandLineRunner::collectErrors);
    collectErrors(line);
    line.setOut(outside.out());
    line.setErr(outside.err());
    line.setExpandAtFiles(false);
    converters(line);
    line.setExecutionStrategy(CommandLineRunner::execute);
    line.setParameterExceptionHandler((wrong, args) -> usage(List.of(wrong), outside.err()));
    line.setExecutionExceptionHandler((thrown, command, parsed) -> refusal(thrown, outside.err()));
    return line;
  }

  /** What the values of options are read by. */
  static void converters(CommandLine line) {
    line.registerConverter(Duration.class, CommandLineRunner::duration);
    line.registerConverter(Integer.class, CommandLineRunner::count);
    line.registerConverter(Param.class, Param::parse);
    line.registerConverter(QueueSize.class, QueueSize::parse);
    line.registerConverter(EndTime.class, EndTime::parse);
    line.registerConverter(SignalBefore.class, SignalBefore::parse);
    // One object: of two from equal expressions, Java 17 can make no archive of classes.
    CommandLine.ITypeConverter<Boolean> flag = CommandLineRunner::flag;
    line.registerConverter(Boolean.class, flag);
    line.registerConverter(Boolean.TYPE, flag);
  }

  /** So that all that is wrong with the arguments is said, and not the first alone. */
  private static void collectErrors(CommandLine line) {
    line.getCommandSpec().parser().collectErrors(true);
  }

  private static int execute(ParseResult parsed) {
    List<ParameterException> wrong = WrongUsage.in(parsed);
    return wrong.isEmpty()
        ? new CommandLine.RunLast().execute(parsed)
        : usage(wrong, parsed.commandSpec().commandLine().getErr());
  }

  private static Duration duration(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static int count(String text) {
    int count;
    try {
      count = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a whole number: write one like '4'");
    }
    if (count < 1) {
      throw new TypeConversionException("'" + text + "' is too small: give at least 1");
    }
    return count;
  }

  private static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default ->
          throw new TypeConversionException(
              "'" + text + "' is neither yes nor no: write 'true' or 'false'");
    };
  }

  private static int usage(List<ParameterException> wrong, PrintWriter err) {
    WrongUsage.print(wrong, err);
    return ExitCodes.REFUSED;
  }

  private static int refusal(Exception thrown, PrintWriter err) {
    if (thrown instanceof Said) {
      return ExitCodes.REFUSED;
    }
    if (thrown instanceof RefusedException refused) {
      Problems.refuse(refused.problems(), err);
      return ExitCodes.REFUSED;
    }
    if (thrown instanceof MpiSizeException) {
      String.valueOf(thrown.getMessage())
          .lines()
          .forEach(line -> err.println("jobfold: " + Words.line(line)));
      err.flush();
      return ExitCodes.REFUSED;
    }
    if (thrown instanceof UncheckedIOException
        || (thrown instanceof BrokenOff broken && ExitCodes.of(broken) == ExitCodes.INCOMPLETE)) {
      err.println("jobfold: " + Words.line(String.valueOf(thrown.getMessage())));
      err.flush();
      return ExitCodes.INCOMPLETE;
    }
    return bug(thrown, err);
  }

  /** Says that jobfold itself has failed. */
  public static int bug(Throwable thrown, PrintWriter err) {
    err.println("jobfold: this is a bug of jobfold, please report it with the lines below");
    thrown.printStackTrace(err);
    err.flush();
    return ExitCodes.BUG;
  }
}
