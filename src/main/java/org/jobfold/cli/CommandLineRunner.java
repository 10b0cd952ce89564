package org.jobfold.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
  /** The commands by their names, in the order of the help. */
  private static final Map<String, Function<Outside, Object>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("run", RunCommand::new);
    COMMANDS.put("resume", ResumeCommand::new);
    COMMANDS.put("update", UpdateCommand::new);
    COMMANDS.put("stop", StopCommand::new);
    COMMANDS.put("submit", SubmitCommand::new);
    COMMANDS.put("requeue", RequeueCommand::new);
    COMMANDS.put("scan", ScanCommand::new);
    COMMANDS.put("status", StatusCommand::new);
    COMMANDS.put("errors", ErrorsCommand::new);
    COMMANDS.put("graph", GraphCommand::new);
    COMMANDS.put("tag", TagCommand::new);
    COMMANDS.put("untag", UntagCommand::new);
    COMMANDS.put("config", ConfigCommand::spec);
    COMMANDS.put("clean", CleanCommand::new);
    COMMANDS.put("help", outside -> new HelpCommand());
  }

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
    Optional<Instant> began = outside.backends().succession().began();
    if (began.isPresent()) {
      CommandLine all = commandLine(outside);
      return commandLine(outside).execute(SuccessorWords.of(all, arguments, began.get()));
    }
    return commandLine(outside, needed(arguments)).execute(arguments);
  }

  /**
   * The commands that are described, which costs time for each: one that is named at once needs no
   * other but {@code run}, whose options are the settings.
   */
  private static Collection<String> needed(String[] arguments) {
    boolean isNamed =
        arguments.length > 0 && COMMANDS.containsKey(arguments[0]) && !arguments[0].equals("help");
    return isNamed ? new LinkedHashSet<>(List.of("run", arguments[0])) : COMMANDS.keySet();
  }

  /** All commands and their options. */
  static CommandLine commandLine(Outside outside) {
    return commandLine(outside, COMMANDS.keySet());
  }

  private static CommandLine commandLine(Outside outside, Collection<String> commands) {
    CommandLine line = new CommandLine(new Jobfold());
    commands.forEach(
        name -> line.addSubcommand(name, requireNonNull(COMMANDS.get(name)).apply(outside)));
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
