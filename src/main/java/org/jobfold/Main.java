package org.jobfold;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jobfold.cli.CommandLineRunner;
import org.jobfold.cli.Outside;
import org.jobfold.launch.Launchers;

/** The program. */
public final class Main {
  private Main() {}

  /** Runs the command that the arguments name, and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    PrintWriter out = writer(FileDescriptor.out);
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      out.println("jobfold " + version());
      out.flush();
      System.exit(0);
    }
    PrintWriter err = writer(FileDescriptor.err);
    Map<String, String> environment = InheritedEnvironment.variables();
    Outside outside =
        new Outside(
            out, err, terminal(), version(), environment, Jobfold::backend, new ProcessSignals());
    if (arguments.length > 0 && arguments[0].equals("run")) {
      Thread beside = new Thread(Launchers::prepare, "jobfold-prepare");
      beside.setDaemon(true);
      beside.start();
    }
    int code = CommandLineRunner.run(arguments, outside);
    out.flush();
    err.flush();
    Runtime.getRuntime().halt(code);
  }

  private static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8));
  }

  /** Whether standard error is a terminal: the start script knows, and says so. */
  private static Outside.Terminal terminal() {
    return Boolean.getBoolean("jobfold.terminal") ? Outside.Terminal.YES : Outside.Terminal.NO;
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
