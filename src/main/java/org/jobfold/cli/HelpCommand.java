package org.jobfold.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code jobfold help}: shows the help of a command, or of all. */
@Command(name = "help", description = "Shows the help of a command.", helpCommand = true)
final class HelpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "COMMAND",
      description = "The command; without it, the help of all.")
  private @Nullable String command;

  @Override
  public Integer call() {
    CommandLine all = spec.parent().commandLine();
    CommandLine wanted = command == null ? all : all.getSubcommands().get(command);
    if (wanted == null) {
      throw new UnmatchedArgumentException(all, List.of(String.valueOf(command)));
    }
    wanted.usage(all.getOut());
    all.getOut().flush();
    return ExitCodes.SUCCEEDED;
  }
}
