package org.jobfold.disk;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.FolderName;
import org.jobfold.journal.Entry;
import org.jobfold.journal.RunState;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;

/**
 * What the journal of many folders costs: to write, to read, on the disk and in memory. For {@code
 * scripts/bench resume}; it is no test. Each writes one line of numbers.
 *
 * <pre>
 * main write DIR FOLDERS grown      a journal that is never begun anew: seconds of CPU, bytes
 * main write DIR FOLDERS compacted  one that is: the same
 * main resume DIR                   its load and the begin of the next: wall seconds, of CPU, bytes of
 *                                   the new one, MiB of memory at most
 * </pre>
 *
 * DIR is the state directory of a tree; the folders are those that {@code scripts/bench-tree}
 * makes.
 */
final class JournalBench {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123456Z");
  private static final JournalFile.Growth NEVER = new JournalFile.Growth(1L << 40, 4);

  private JournalBench() {}

  /** See above. */
  public static void main(String[] words) throws IOException {
    Path directory = Path.of(words[1]);
    if (words[0].equals("write")) {
      JournalFile.Growth growth = words[3].equals("grown") ? NEVER : JournalFile.Growth.STANDARD;
      Journals journals = new Journals(JournalDisk.REAL, directory, growth);
      long begin = cpu();
      Path file = write(journals, Integer.parseInt(words[2]));
      say("%.3f %d", (cpu() - begin) / 1e9, Files.size(file));
    } else {
      resume(new Journals(JournalDisk.REAL, directory, NEVER));
    }
  }

  private static Path write(Journals journals, int folders) throws IOException {
    try (JournalFile journal = journals.begin(new RunState(), AT)) {
      Placement ranks =
          new Placement(List.of(new Placement.Share(new Host("node0001"), List.of(17))));
      Usage usage =
          new Usage(
              AT,
              Duration.ofNanos(1234567),
              Duration.ofNanos(999000),
              Duration.ofNanos(1000),
              4096);
      for (int i = 0; i < folders; i++) {
        FolderName name = new FolderName(String.format(Locale.ROOT, "/d%04d/f%06d", i / 1000, i));
        TrialId id = new TrialId(name, 1, 0);
        journal.append(new Entry.TrialOrdered(AT, id, ranks, 17));
        journal.flush();
        journal.append(new Entry.TrialStarted(AT, id, 123456));
        journal.append(new Entry.TrialEnded(AT, id, Outcome.success(), usage, "stdout", "stderr"));
        journal.append(new Entry.FolderSettled(AT, name, new FinalState(1, Optional.empty())));
      }
      return journal.path();
    }
  }

  private static void resume(Journals journals) throws IOException {
    long begin = System.nanoTime();
    long cpu = cpu();
    JournalFile next = journals.begin(journals.load().state(), AT);
    next.close();
    say(
        "%.3f %.3f %d %d",
        (System.nanoTime() - begin) / 1e9,
        (cpu() - cpu) / 1e9,
        Files.size(next.path()),
        peakKilobytes() / 1024);
  }

  private static long peakKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void say(String format, Object... numbers) {
    System.out.println(String.format(Locale.ROOT, format, numbers));
  }
}
