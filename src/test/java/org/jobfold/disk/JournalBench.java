package org.jobfold.disk;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
 * What the journal of many folders costs: to write, to read, on the disk and in memory. Times are
 * CPU times of the one thread that does it. Run its {@code main} with the number of folders; it is
 * no test.
 */
final class JournalBench {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123456Z");

  private JournalBench() {}

  /** {@code main FOLDERS}. */
  public static void main(String[] args) throws IOException {
    int folders = args.length == 0 ? 1_000_000 : Integer.parseInt(args[0]);
    Path directory = Files.createTempDirectory("journal-bench");
    JournalFile.Growth never = new JournalFile.Growth(1L << 40, 4);
    write("never begun anew", new Journals(JournalDisk.REAL, directory, never), folders);
    read(directory, folders);
    write(
        "begun anew",
        new Journals(JournalDisk.REAL, directory, JournalFile.Growth.STANDARD),
        folders);
    long begin = cpu();
    Journals journals = new Journals(JournalDisk.REAL, directory, never);
    JournalFile resumed = journals.begin(journals.load().state(), AT);
    resumed.close();
    say("resumed: read and snapshot", begin, folders, Files.size(resumed.path()));
    read(directory, folders);
  }

  private static void write(String how, Journals journals, int folders) throws IOException {
    long begin = cpu();
    JournalFile journal = journals.begin(new RunState(), AT);
    Placement ranks =
        new Placement(List.of(new Placement.Share(new Host("node0001"), List.of(17))));
    Usage usage =
        new Usage(
            AT, Duration.ofNanos(1234567), Duration.ofNanos(999000), Duration.ofNanos(1000), 4096);
    for (int i = 0; i < folders; i++) {
      FolderName name = new FolderName("/group" + i / 1000 + "/case" + i % 1000);
      TrialId id = new TrialId(name, 1, 0);
      journal.append(new Entry.TrialOrdered(AT, id, ranks, 17));
      journal.flush();
      journal.append(new Entry.TrialStarted(AT, id, 123456));
      journal.append(new Entry.TrialEnded(AT, id, Outcome.success(), usage, "stdout", "stderr"));
      journal.append(new Entry.FolderSettled(AT, name, new FinalState(1, Optional.empty())));
    }
    journal.close();
    say("written, " + how, begin, folders, Files.size(journal.path()));
  }

  private static void read(Path directory, int folders) {
    long begin = cpu();
    Account account = new Journals(JournalDisk.REAL, directory, JournalFile.Growth.STANDARD).load();
    say("read " + account.reading().lines() + " lines", begin, folders, 0);
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    System.out.printf(
        "  %d folders in %d MB of heap%n", account.state().folders().size(), used / 1_000_000);
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void say(String what, long begin, int folders, long bytes) {
    double seconds = (cpu() - begin) / 1e9;
    System.out.printf(
        "%s: %.2f s of CPU, %.2f us a folder, %d bytes a folder%n",
        what, seconds, seconds / folders * 1e6, bytes / folders);
  }
}
