package org.jobfold.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures how many processes a second a launcher starts and reaps, to compare with {@code
 * src/bench/c/spawnloop.c}: arguments {@code LIST PARALLEL native|shell|java}, where the file LIST
 * has a directory a line, in which {@code stdout} and {@code stderr} do not exist. Prints: count,
 * seconds, processes a second.
 */
final class LauncherThroughput {
  private LauncherThroughput() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<Path> directories =
        Files.readAllLines(Path.of(arguments[0])).stream().map(Path::of).toList();
    int parallel = Integer.parseInt(arguments[1]);
    String kind = arguments.length > 2 ? arguments[2] : "native";
    long begin = System.nanoTime();
    try (Launcher launcher = open(kind)) {
      System.err.printf("launcher ready in %.1f ms%n", (System.nanoTime() - begin) / 1e6);
      AtomicInteger next = new AtomicInteger();
      int warmUp = directories.size() / 4;
      run(launcher, directories.subList(0, warmUp), next, parallel);
      next.set(0);
      List<Path> measured = directories.subList(warmUp, directories.size());
      long start = System.nanoTime();
      run(launcher, measured, next, parallel);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf("%d %.3f %.0f%n", measured.size(), seconds, measured.size() / seconds);
    }
  }

  private static Launcher open(String kind) throws IOException {
    LauncherSettings settings = LauncherSettings.standard();
    return switch (kind) {
      case "native" -> new NativeLauncher(settings);
      case "shell" -> new NativeLauncher(settings, Spawner.Chdir.SHELL);
      case "java" -> new JavaLauncher(settings);
      default -> throw new IllegalArgumentException("no launcher is named '" + kind + "'");
    };
  }

  private static void run(
      Launcher launcher, List<Path> directories, AtomicInteger next, int parallel)
      throws InterruptedException {
    Thread[] threads = new Thread[parallel];
    for (int i = 0; i < parallel; i++) {
      threads[i] = new Thread(() -> loop(launcher, directories, next));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void loop(Launcher launcher, List<Path> directories, AtomicInteger next) {
    for (int i = next.getAndIncrement(); i < directories.size(); i = next.getAndIncrement()) {
      ProcessSpec spec =
          new ProcessSpec(
              List.of("/bin/true"),
              directories.get(i),
              Map.of("JOBFOLD_FOLDER", "/" + i, "JOBFOLD_TRIAL", "1", "JOBFOLD_SLOT", "0"),
              Optional.empty(),
              Path.of("stdout"),
              Path.of("stderr"));
      try {
        Exit exit = launcher.start(spec).waitFor();
        if (exit.code() != 0 || exit.signal() != 0) {
          throw new IllegalStateException("true failed: " + exit);
        }
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
