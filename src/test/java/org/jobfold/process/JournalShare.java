package org.jobfold.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.jobfold.Jobfold;
import org.jobfold.disk.JournalFile;
import org.jobfold.disk.StateDirectory;
import org.jobfold.run.Ports;
import org.jobfold.spi.Backend;

/**
 * Runs a tree with a journal, or without. For {@code scripts/bench journal}; it is no test. {@code
 * main TREE RANKS with} or {@code without} writes the milliseconds that the folders took.
 */
final class JournalShare {
  private JournalShare() {}

  /** See above. */
  public static void main(String[] words) throws IOException, InterruptedException, Fail {
    Path tree = Path.of(words[0]);
    Backend backend = Jobfold.local(tree, Integer.parseInt(words[1]));
    if (words[2].equals("without")) {
      run(tree, Ports.of(backend));
      return;
    }
    try (JournalFile journal = StateDirectory.of(tree).fresh(Instant.now())) {
      run(tree, Ports.of(backend).withJournal(journal));
    }
  }

  private static void run(Path tree, Ports ports) throws InterruptedException, Fail {
    JobFolderProcess pool =
        new JobFolderProcess(
            Jobfold.tree(tree),
            ports,
            PoolOptions.DEFAULT.withNbpools(ports.backend().allocation().size()));
    long begin = System.nanoTime();
    pool.start(Jobfold.world(ports.backend()));
    pool.waitForEnd();
    System.out.println(String.format(Locale.ROOT, "%.3f", (System.nanoTime() - begin) / 1e6));
  }
}
