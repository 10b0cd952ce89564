package org.jobfold.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Kills runs of jobfold, and looks whether anything is lost. As a program it is {@code
 * scripts/crash-test}.
 *
 * @param directory where it is done; the evidence of a fault stays there
 * @param folders how many each tree has
 * @param kills how often the run of each tree is hit
 * @param say told, for people, what came of each tree
 */
record Crash(Path directory, int folders, int kills, Consumer<String> say) {
  private static final int KILLS_OF_A_TREE = 20;

  /** {@code main --kills N --seed S --folders N}. */
  public static void main(String[] words) throws IOException, InterruptedException {
    int kills = 200;
    long seed = 1 + System.nanoTime() % 1_000_000;
    int folders = 200;
    Path directory = Path.of("target", "crash");
    for (int i = 0; i < words.length; i += 2) {
      if (i + 1 == words.length || !words[i + 1].matches("[1-9][0-9]{0,8}")) {
        refuse("'" + words[i] + "' needs a whole number from 1 on");
      }
      int value = Integer.parseInt(words[i + 1]);
      switch (words[i]) {
        case "--kills" -> kills = value;
        case "--seed" -> seed = value;
        case "--folders" -> folders = value;
        default ->
            refuse("unknown option '" + words[i] + "': there are --kills, --seed, --folders");
      }
    }
    System.out.println(kills + " kills from seed " + seed + ", trees of " + folders + " folders");
    int trees = (kills + KILLS_OF_A_TREE - 1) / KILLS_OF_A_TREE;
    Crash crash =
        new Crash(directory, folders, Math.min(kills, KILLS_OF_A_TREE), System.out::println);
    List<Long> seeds = LongStream.range(seed, seed + trees).boxed().toList();
    System.exit(crash.run(seeds).isEmpty() ? 0 : 1);
  }

  private static void refuse(String why) {
    System.err.println("crash-test: " + why);
    System.exit(2);
  }

  /** Does it for each seed, some at a time; gives what is wrong. */
  List<String> run(List<Long> seeds) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    List<String> findings = Collections.synchronizedList(new ArrayList<>());
    int atATime = Runtime.getRuntime().availableProcessors() + 1;
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(atATime, 6));
    try {
      List<Future<?>> all = new ArrayList<>();
      for (long seed : seeds) {
        all.add(threads.submit(() -> findings.addAll(run(seed))));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } finally {
      threads.shutdownNow();
    }
    return findings;
  }

  private List<String> run(long seed) {
    try {
      Path work =
          Files.createTempDirectory(directory.toRealPath(), "seed-" + seed + "-").resolve("work");
      Report report = Campaign.run(work, seed, folders, kills);
      say.accept("seed " + seed + ": " + report.text());
      if (report.findings().isEmpty()) {
        delete(work.getParent());
        return List.of();
      }
      String where = "seed " + seed + ", evidence in " + work + ": ";
      report.findings().forEach(finding -> say.accept("  " + finding));
      say.accept("  evidence: " + work + ", history in its file 'history'");
      say.accept(
          "  again: scripts/crash-test --seed "
              + seed
              + " --kills "
              + kills
              + " --folders "
              + folders);
      return report.findings().stream().map(where::concat).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
