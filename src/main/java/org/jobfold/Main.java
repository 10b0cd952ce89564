package org.jobfold;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jobfold.backend.mpj.MpjArguments;
import org.jobfold.cli.CommandLineRunner;
import org.jobfold.cli.ExitCodes;
import org.jobfold.cli.Outside;
import org.jobfold.launch.Launchers;
import org.jobfold.submit.SystemCommands;
import org.jobfold.thread.Daemons;

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
    Optional<MpjArguments> world = MpjArguments.of(arguments, Main::isThere);
    if (world.isPresent()) {
      MpjMain.run(world.get(), out, err);
    } else {
      end(run(arguments, out, err, new BackEnds()), out, err);
    }
  }

  /** Runs a command; gives its exit code. */
  static int run(String[] arguments, PrintWriter out, PrintWriter err, Outside.Backends backends) {
    Map<String, String> environment = InheritedEnvironment.variables();
    Outside outside =
        new Outside(
            out,
            err,
            terminal(),
            version(),
            environment,
            backends,
            new ProcessSignals(),
            new SystemCommands(),
            StartLine.words());
    if (arguments.length > 0 && arguments[0].equals("run")) {
      Daemons.start("jobfold-prepare", Launchers::prepare);
    }
    return run(arguments, outside);
  }

  /** Ends the JVM, and with it all ranks that are in it. */
  static void end(int result, PrintWriter out, PrintWriter err) {
    int code = result;
    if (out.checkError() && !isPipe(1)) {
      err.println("jobfold: standard output can not be written: what is there is not whole");
      code = code == ExitCodes.SUCCEEDED ? ExitCodes.INCOMPLETE : code;
    }
    err.flush();
    Runtime.getRuntime().halt(code);
  }

  private static int run(String[] arguments, Outside outside) {
    try {
      return CommandLineRunner.run(arguments, outside);
    } catch (RuntimeException | Error e) {
      return CommandLineRunner.bug(e, outside.err());
    }
  }

  private static boolean isThere(String className) {
    try {
      Class.forName(className, false, Main.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8));
  }

  /** Whether a stream goes to a reader, who may have had enough: that is no error. */
  private static boolean isPipe(int descriptor) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
          .toString()
          .startsWith("pipe:");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Whether standard error is a terminal on which lines can be overwritten. That it is one, the
   * start script knows, and says so.
   */
  private static Outside.Terminal terminal() {
    return Boolean.getBoolean("jobfold.terminal")
            && !System.getenv().getOrDefault("TERM", "dumb").equals("dumb")
        ? Outside.Terminal.YES
        : Outside.Terminal.NO;
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
