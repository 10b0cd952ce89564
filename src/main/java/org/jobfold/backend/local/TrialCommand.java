package org.jobfold.backend.local;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jobfold.call.CallMain;
import org.jobfold.folder.Command;
import org.jobfold.folder.Functional;

/**
 * What is executed for a functional, before any MPI launcher.
 *
 * <p>A call runs in the Java that jobfold runs in. Its JVM is told how many processors it may use,
 * one for each rank or thread, so that several calls on one host do not each start threads for all
 * of them; and, unless the folder's options choose a collector, to use the serial one, which starts
 * fastest. The folder's own options come after these.
 */
final class TrialCommand {
  private static final Pattern COLLECTOR = Pattern.compile("-XX:[+-]Use\\w+GC");

  private TrialCommand() {}

  /** The program and its arguments. */
  static List<String> argv(Functional.Single functional, Path directory, int processors) {
    return functional instanceof Functional.Program program
        ? program(program.command())
        : call((Functional.Call) functional, directory, processors);
  }

  private static List<String> program(Command command) {
    return command instanceof Command.Shell shell
        ? List.of("/bin/sh", "-c", shell.line())
        : ((Command.Exec) command).argv();
  }

  private static List<String> call(Functional.Call call, Path directory, int processors) {
    List<String> argv = new ArrayList<>();
    argv.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    argv.add("-XX:ActiveProcessorCount=" + processors);
    argv.add("-XX:-UsePerfData");
    if (call.jvmOptions().stream().noneMatch(o -> COLLECTOR.matcher(o).matches())) {
      argv.add("-XX:+UseSerialGC");
    }
    argv.addAll(call.jvmOptions());
    argv.add("-cp");
    argv.add(classpath(call.classpath(), directory));
    argv.add(CallMain.class.getName());
    argv.add(call.className());
    return argv;
  }

  /** The folder's entries first, so that its libraries win over those that jobfold brings. */
  private static String classpath(List<String> entries, Path directory) {
    List<String> all = new ArrayList<>();
    entries.forEach(e -> all.add(directory.resolve(e).toString()));
    all.add(ownCode());
    return String.join(File.pathSeparator, all);
  }

  private static String ownCode() {
    CodeSource source = CallMain.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return System.getProperty("java.class.path", "");
    }
    try {
      return Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("jobfold's own place '" + source + "' is no path", e);
    }
  }
}
