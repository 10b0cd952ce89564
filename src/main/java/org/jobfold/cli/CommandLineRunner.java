package org.jobfold.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jobfold.comm.MpiSizeException;
import org.jobfold.folder.Durations;
import org.jobfold.folder.RefusedException;
import org.jobfold.run.BrokenOff;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
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
      mixinStandardHelpOptions = true,
      scope = ScopeType.INHERIT,
      description = "Runs a tree of job folders in parallel inside one allocation.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {"", "'jobfold COMMAND --help' tells more of each."})
  static final class Jobfold implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
      throw new ParameterException(
          spec.commandLine(), "a command is missing: 'jobfold run TREE' runs a tree");
    }
  }

  /** Runs the command that the arguments name; gives its exit code. */
  public static int run(String[] arguments, Outside outside) {
    CommandLine line = new CommandLine(new Jobfold());
    line.addSubcommand(new RunCommand(outside));
    line.addSubcommand(new ScanCommand(outside));
    line.addSubcommand(new TagCommand(outside));
    line.addSubcommand(new UntagCommand(outside));
    line.getCommandSpec().version("jobfold " + outside.version());
    line.setOut(outside.out());
    line.setErr(outside.err());
    line.setExpandAtFiles(false);
    line.registerConverter(Duration.class, CommandLineRunner::duration);
    line.setParameterExceptionHandler((wrong, args) -> usage(wrong, outside.err()));
    line.setExecutionExceptionHandler((thrown, command, parsed) -> refusal(thrown, outside.err()));
    return line.execute(arguments);
  }

  private static Duration duration(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static int usage(ParameterException wrong, PrintWriter err) {
    err.println("jobfold: " + wrong.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err)) {
      err.println(
          "'"
              + wrong.getCommandLine().getCommandSpec().qualifiedName()
              + " --help' shows how it is used");
    }
    err.flush();
    return ExitCodes.REFUSED;
  }

  private static int refusal(Exception thrown, PrintWriter err) {
    if (thrown instanceof RefusedException refused) {
      Problems.print(refused.problems(), err);
      return ExitCodes.REFUSED;
    }
    if (thrown instanceof MpiSizeException) {
      err.println(thrown.getMessage());
      err.flush();
      return ExitCodes.REFUSED;
    }
    if (thrown instanceof BrokenOff && thrown.getCause() instanceof UncheckedIOException) {
      err.println("jobfold: " + thrown.getMessage());
      err.flush();
      return ExitCodes.INCOMPLETE;
    }
    err.println("jobfold: this is a bug of jobfold, please report it with the lines below");
    thrown.printStackTrace(err);
    err.flush();
    return ExitCodes.BUG;
  }
}
