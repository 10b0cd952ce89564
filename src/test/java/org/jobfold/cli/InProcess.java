package org.jobfold.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The command line without a process of its own, for what starts nothing. */
record InProcess(int code, String out, String err) {
  static InProcess jobfold(String... arguments) {
    return jobfold(Map.of(), arguments);
  }

  static InProcess jobfold(Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = CommandLineRunner.run(arguments, outside(out, err, environment));
    return new InProcess(code, out.toString(), err.toString());
  }

  static CommandLine commandLine(StringWriter out, StringWriter err) {
    return CommandLineRunner.commandLine(outside(out, err, Map.of()));
  }

  /** A world in which nobody listens. */
  static Outside nowhere() {
    return outside(new StringWriter(), new StringWriter(), Map.of());
  }

  private static Outside outside(
      StringWriter out, StringWriter err, Map<String, String> environment) {
    return new Outside(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        Outside.Terminal.NO,
        "1.2.3",
        environment,
        request -> {
          throw new AssertionError("nothing is to be started");
        },
        handler -> () -> {},
        (words, limit) -> {
          throw new AssertionError("nothing is to be asked");
        },
        List.of("jobfold"));
  }
}
