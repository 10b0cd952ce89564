package org.jobfold.launch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program for tests that need another JVM: opens a launcher, runs a shell script in a directory,
 * and prints how it ended. The script finds a name that is not ASCII in {@code NAME} and its first
 * argument.
 */
final class ChildJvm {
  private static final String NAME = "gr\u00f6\u00dfe";

  private ChildJvm() {}

  /** The command that runs it. */
  static List<String> command(String kind, Path directory, String script) {
    return List.of(
        java(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        ChildJvm.class.getName(),
        kind,
        directory.toString(),
        script);
  }

  /** The path of the program. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Starts it. */
  static Process start(String kind, Path directory, String script) throws IOException {
    return new ProcessBuilder(command(kind, directory, script))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] arguments) throws IOException {
    Path directory = first(Path.of(arguments[1]));
    LauncherSettings settings = LauncherSettings.standard();
    try (Launcher launcher =
        arguments[0].equals("java") ? new JavaLauncher(settings) : new NativeLauncher(settings)) {
      List<String> argv = new ArrayList<>(List.of("/bin/sh", "-c", arguments[2], "sh", NAME));
      ProcessSpec spec =
          new ProcessSpec(
              argv,
              directory,
              Map.of("NAME", NAME),
              Optional.empty(),
              Path.of("child.out"),
              Path.of("child.err"));
      Exit exit = launcher.start(spec).waitFor();
      System.out.println("code " + exit.code() + " signal " + exit.signal());
      System.out.println("peak " + exit.usage().peakBytes());
    }
  }

  /** The first directory in a directory, or itself where there is none: its name as it is read. */
  private static Path first(Path directory) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, Files::isDirectory)) {
      for (Path one : all) {
        return one;
      }
    }
    return directory;
  }
}
