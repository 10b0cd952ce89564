package org.jobfold.backend.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jobfold.backend.local.LocalOptions;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.launch.LauncherSettings;
import org.jobfold.launch.Launchers;

/** Clusters for tests, whose hosts are all this machine unless their start line says otherwise. */
final class Clusters {
  /** Starts agents as they are, on this machine. */
  static final StartLine HERE = StartLine.parse("env JOBFOLD_TEST_HOST={host} {command}");

  static final ClusterOptions OPTIONS =
      ClusterOptions.standard().withPatience(Duration.ofSeconds(60));

  private Clusters() {}

  static ClusterBackend backend(Path root, Placement allocation, Host here) {
    return backend(root, allocation, here, HERE, OPTIONS);
  }

  static ClusterBackend backend(
      Path root, Placement allocation, Host here, StartLine line, ClusterOptions options) {
    return new ClusterBackend(
        root,
        allocation,
        here,
        () -> Launchers.best(LauncherSettings.standard()),
        LocalOptions.ranks(1),
        new LineStarter(line),
        options);
  }

  /** Names of hosts and how many ranks each has, in turn. */
  static Placement ranks(Object... hosts) {
    List<Placement.Share> shares = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < hosts.length; i += 2) {
      int count = (Integer) hosts[i + 1];
      shares.add(
          new Placement.Share(
              new Host((String) hosts[i]), IntStream.range(next, next + count).boxed().toList()));
      next += count;
    }
    return new Placement(shares);
  }

  /** Waits for something to become true, for so long that only an error takes longer. */
  static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited in vain until " + what);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(5);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted while waiting until " + what, e);
      }
    }
  }

  /** The text of a file; empty where there is none. */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
