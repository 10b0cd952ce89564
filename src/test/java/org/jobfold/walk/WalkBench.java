package org.jobfold.walk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.retry.RetryRule;
import org.jobfold.spi.Order;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.Usage;

/**
 * What it costs to build, check and walk over a tree of many folders, each of which waits for three
 * others, where each ends as soon as it was started. Its argument is how many; it prints how many
 * seconds it took, how many of processor time, and how many MiB of memory the program had at most.
 */
final class WalkBench {
  private static final int RANKS = 64;

  private WalkBench() {}

  /** Measures a tree of this size. */
  public static void main(String[] arguments) throws IOException {
    int size = Integer.parseInt(arguments[0]);
    long start = System.nanoTime();
    Walk walk =
        new Walk(
            new WalkRules(
                new Sharing.PerFolder(RANKS, folder -> 1), new RetryRule(1), Duration.ofSeconds(1)),
            JobTree.of(folders(size)));
    walk.begin(world());
    run(walk);
    double seconds = (System.nanoTime() - start) / 1e9;
    if (walk.tally().succeeded() != size || !walk.finished()) {
      throw new IllegalStateException("not all have succeeded: " + walk.tally());
    }
    System.out.printf("%.2f %.2f %d%n", seconds, cpu(), peak());
  }

  /** One folder after another ends, the one that was started first. */
  private static void run(Walk walk) {
    Queue<Order> running = new ArrayDeque<>();
    Duration now = Duration.ZERO;
    while (!walk.finished()) {
      for (Action action : walk.next(now)) {
        if (action instanceof Action.Launch launch) {
          running.add(launch.order());
        }
      }
      Order first = running.poll();
      if (first == null) {
        continue;
      }
      now = now.plusMillis(1);
      Usage usage =
          new Usage(Instant.EPOCH, Duration.ofMillis(RANKS), Duration.ZERO, Duration.ZERO, 0);
      walk.ended(
          new SessionEvent.Ended(first.id(), Outcome.success(), usage, "out", "err", List.of()),
          now);
    }
  }

  private static List<JobFolder> folders(int size) {
    Random random = new Random(1);
    List<JobFolder> folders = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      JobFolder folder = JobFolder.shell(name(i), "true");
      folders.add(
          i == 0
              ? folder
              : folder.dependingOn(
                  Dependency.on(name(Math.max(0, i - 1 - random.nextInt(1000)))),
                  Dependency.on(name(random.nextInt(i))),
                  Dependency.on(name(random.nextInt(i)))));
    }
    return folders;
  }

  private static String name(int i) {
    String number = Integer.toString(10_000_000 + i);
    return "/g" + number.substring(1, 6) + "/f" + number.substring(6);
  }

  private static Communicator world() {
    List<Integer> ranks = new ArrayList<>();
    for (int rank = 0; rank < RANKS; rank++) {
      ranks.add(rank);
    }
    return Communicator.world(new Placement(List.of(new Placement.Share(new Host("host"), ranks))));
  }

  private static double cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
  }

  /** The most memory that this process had so far, in MiB. */
  private static long peak() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
