package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.print.Check;
import org.jobfold.print.Declared;

/**
 * What the fingerprints of many folders cost, beside a scan: each has a folder file, one input, one
 * output and two params. Run its {@code main} with the number of folders; it is no test. With a
 * second number, only the store is filled with so many records, and loaded.
 */
final class FingerprintsBench {
  private static final int THREADS = 4;
  private static final Declared DECLARED = Declared.reading("in.*").withOutputs("out");

  private FingerprintsBench() {}

  /** {@code main FOLDERS [RECORDS]}. */
  public static void main(String[] args) throws IOException {
    if (args.length > 1) {
      load(Integer.parseInt(args[1]));
      return;
    }
    int folders = args.length == 0 ? 100_000 : Integer.parseInt(args[0]);
    Path root = tree(folders);
    JobTree tree = scan(root);
    round("first run", root, tree);
    for (int i = 2; i <= 4; i++) {
      tree = scan(root);
      round("run " + i, root, tree);
    }
    delete(root);
  }

  private static Path tree(int folders) throws IOException {
    Path root = Files.createTempDirectory("fingerprints-bench").toRealPath();
    Files.createDirectory(root.resolve(".jobfold"));
    for (int i = 0; i < folders; i++) {
      Path folder = root.resolve("group" + i / 1000).resolve("case" + i % 1000);
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("job.yaml"), "command: 'true'\nparams: {a: " + i + ", b: 7}\n");
      Files.writeString(folder.resolve("in.melt"), "units lj\n# " + i + "\n");
      Files.writeString(folder.resolve("out"), "done " + i + "\n");
    }
    return root;
  }

  private static JobTree scan(Path root) {
    long begin = System.nanoTime();
    JobTree tree = new TreeScanner(root, ScanOptions.standard()).scan(Map.of()).orRefuse();
    say("scan", begin, tree.size());
    return tree;
  }

  private static void round(String what, Path root, JobTree tree) throws IOException {
    long begin = System.nanoTime();
    TreeFingerprints prints =
        TreeFingerprints.of(
            root,
            folder -> DECLARED,
            name -> tree.find(name).isPresent(),
            note -> System.out.println(note));
    say(what + ": loaded", begin, tree.size());
    AtomicInteger ran = new AtomicInteger();
    long check = System.nanoTime();
    Crew.perform(
        THREADS,
        crew -> {
          for (JobFolder folder : tree.folders()) {
            crew.also(
                () -> {
                  if (prints.check(folder, List.of()) instanceof Check.MustRun) {
                    ran.incrementAndGet();
                    prints.begins(folder.name());
                    prints.succeeded(folder, List.of());
                  }
                });
          }
        });
    say(what + ": checked, " + ran + " run", check, tree.size());
    long close = System.nanoTime();
    prints.close();
    say(what + ": closed", close, tree.size());
    say(what + ": all", begin, tree.size());
    System.out.printf(
        "  %d bytes a folder%n",
        Files.size(root.resolve(".jobfold/fingerprints.jsonl")) / tree.size());
  }

  private static void load(int records) throws IOException {
    Path directory = Files.createTempDirectory("fingerprints-bench");
    FingerprintStore store = store(directory);
    for (int i = 0; i < records; i++) {
      store.save(Records.of("/group" + i / 1000 + "/case" + i % 1000, i));
    }
    long begin = System.nanoTime();
    store.close();
    say("closed", begin, records);
    begin = System.nanoTime();
    FingerprintStore loaded = store(directory);
    say("loaded", begin, records);
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "  %d records in %d MB of heap%n",
        loaded.size(), (runtime.totalMemory() - runtime.freeMemory()) / 1_000_000);
    loaded.close();
    delete(directory);
  }

  private static FingerprintStore store(Path directory) {
    return FingerprintStore.open(
        JournalDisk.REAL,
        directory,
        JournalFile.Growth.STANDARD,
        FingerprintStore.Access.WRITE,
        folder -> true,
        note -> System.out.println(note));
  }

  private static void say(String what, long begin, int folders) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf("%s: %.2f s, %.1f us a folder%n", what, seconds, seconds / folders * 1e6);
  }

  private static void delete(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      for (Path file :
          (Iterable<Path>) files.sorted(java.util.Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }
}
