package org.jobfold.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import picocli.CommandLine;

/** The command line without a process of its own, for what starts nothing. */
record InProcess(int code, String out, String err) {
  static InProcess jobfold(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = CommandLineRunner.run(arguments, outside(out, err));
    return new InProcess(code, out.toString(), err.toString());
  }

  static CommandLine commandLine(StringWriter out, StringWriter err) {
    return CommandLineRunner.commandLine(outside(out, err));
  }

  private static Outside outside(StringWriter out, StringWriter err) {
    return new Outside(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        Outside.Terminal.NO,
        "1.2.3",
        Map.of(),
        (root, ranks, mpi) -> {
          throw new AssertionError("nothing is to be started");
        },
        handler -> () -> {});
  }
}
