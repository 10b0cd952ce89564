package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jobfold.folder.FolderName;
import org.jobfold.journal.Accounts;
import org.jobfold.journal.Entry;
import org.jobfold.journal.FolderState;
import org.jobfold.journal.RunState;
import org.jobfold.spi.NotWrittenException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal whose disk fails, and whose process dies, at each step in turn. */
class JournalFaultsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<Entry> ENTRIES = Accounts.of(5, 5);

  /** So small that the account is begun anew several times. */
  private static final JournalFile.Growth SOON = new JournalFile.Growth(600, 2);

  private static final JournalFile.Growth NEVER = new JournalFile.Growth(1 << 30, 4);

  private final Path root;

  JournalFaultsTest(@TempDir Path root) {
    this.root = root;
  }

  @Test
  void aWriteThatFailsIsMadeUpForByTheNext() throws IOException {
    for (FaultyDisk.Fault fault :
        List.of(FaultyDisk.Fault.FAILS, FaultyDisk.Fault.FAILS_HALF_WAY)) {
      for (int step = 4; step < 4 + ENTRIES.size(); step++) {
        Path directory = directory(fault + "-" + step);
        FaultyDisk disk = new FaultyDisk(fault, step);
        int failures = 0;
        try (JournalFile journal = begin(disk, directory, NEVER)) {
          for (Entry entry : ENTRIES) {
            journal.append(entry);
            failures += flushed(journal) ? 0 : 1;
          }
        }
        assertThat(failures).isEqualTo(1);
        assertThat(entries(directory)).isEqualTo(ENTRIES);
      }
    }
  }

  @Test
  void shortWritesAreGoneOnWith() throws IOException {
    Path directory = directory("short");
    try (JournalFile journal = begin(new FaultyDisk(FaultyDisk.Fault.SHORT, 0), directory, NEVER)) {
      ENTRIES.forEach(journal::append);
    }
    assertThat(entries(directory)).isEqualTo(ENTRIES);
  }

  @Test
  void aFailureIsSaidWithTheFileAndTheReason() throws IOException {
    Path directory = directory("said");
    try (JournalFile journal = begin(new FaultyDisk(FaultyDisk.Fault.FAILS, 4), directory, NEVER)) {
      journal.append(ENTRIES.get(0));
      assertThatThrownBy(journal::flush)
          .isInstanceOf(NotWrittenException.class)
          .hasMessage(
              "the journal '"
                  + directory.resolve("journal.1.jsonl")
                  + "' can not be written (no space left on device): make room");
      assertThat(entries(directory)).isEmpty();
      journal.flush();
      assertThat(entries(directory)).containsExactly(ENTRIES.get(0));
    }
  }

  @Test
  void whereTheProcessDiesNothingIsLostThatWasFlushed() throws IOException {
    int steps = 500;
    for (int step = 0; step < steps; step++) {
      Path directory = directory("crash-" + step);
      FaultyDisk disk = new FaultyDisk(FaultyDisk.Fault.CRASH, step);
      RunState flushed = new RunState();
      List<RunState> next = new ArrayList<>();
      boolean died = false;
      try (JournalFile journal = begin(disk, directory, SOON)) {
        for (Entry entry : ENTRIES) {
          next.clear();
          next.add(copy(flushed, entry));
          journal.append(entry);
          journal.flush();
          flushed.accept(entry);
          next.clear();
        }
      } catch (FaultyDisk.Crash crash) {
        died = true;
      }
      RunState found = journals(JournalDisk.REAL, directory, SOON).load().state();
      if (next.isEmpty() || touched(found).equals(touched(flushed))) {
        assertThat(touched(found)).as("step %d", step).isEqualTo(touched(flushed));
      } else {
        assertThat(touched(found)).as("step %d", step).isEqualTo(touched(next.get(0)));
      }
      if (!died) {
        assertThat(step).isGreaterThan(ENTRIES.size());
        return;
      }
    }
    assertThat(steps).as("more steps than expected").isZero();
  }

  @Test
  void whereASnapshotCanNotBeWrittenTheOldFileGoesOn() throws IOException {
    for (int step = 4; step < 60; step++) {
      Path directory = directory("full-" + step);
      RunState expected = new RunState();
      try (JournalFile journal =
          begin(new FaultyDisk(FaultyDisk.Fault.FAILS_HALF_WAY, step), directory, SOON)) {
        for (Entry entry : ENTRIES) {
          journal.append(entry);
          expected.accept(entry);
          flushed(journal);
        }
        journal.flush();
      } catch (NotWrittenException atTheEnd) {
        // the step was the force of the close
      }
      Account account = journals(JournalDisk.REAL, directory, SOON).load();
      assertThat(account.reading().damaged()).isZero();
      assertThat(touched(account.state())).as("step %d", step).isEqualTo(touched(expected));
    }
  }

  @Test
  void aJournalThatCanNotBeBegunLeavesTheOneBeforeAsItWas() throws IOException {
    for (FaultyDisk.Fault fault :
        List.of(FaultyDisk.Fault.FAILS, FaultyDisk.Fault.FAILS_HALF_WAY, FaultyDisk.Fault.CRASH)) {
      for (int step = 0; step < 4; step++) {
        Path directory = directory("begin-" + fault + step);
        try (JournalFile first = begin(JournalDisk.REAL, directory, NEVER)) {
          ENTRIES.forEach(first::append);
        }
        Account before = journals(JournalDisk.REAL, directory, NEVER).load();
        FaultyDisk disk = new FaultyDisk(fault, step);
        try (JournalFile second = journals(disk, directory, NEVER).begin(new RunState(), START)) {
          assertThat(second.epoch()).isEqualTo(2);
          assertThat(step).isEqualTo(3);
          continue;
        } catch (NotWrittenException | FaultyDisk.Crash failed) {
          assertThat(step).isLessThan(4);
        }
        Account after = journals(JournalDisk.REAL, directory, NEVER).load();
        if (after.epoch() == 1) {
          assertThat(touched(after.state())).isEqualTo(touched(before.state()));
        }
      }
    }
  }

  private static boolean flushed(JournalFile journal) {
    try {
      journal.flush();
      return true;
    } catch (NotWrittenException full) {
      return false;
    }
  }

  private Path directory(String name) throws IOException {
    return Files.createDirectory(root.resolve(name));
  }

  private static Journals journals(JournalDisk disk, Path directory, JournalFile.Growth growth) {
    return new Journals(disk, directory, growth);
  }

  private static JournalFile begin(JournalDisk disk, Path directory, JournalFile.Growth growth) {
    return journals(disk, directory, growth).begin(new RunState(), START);
  }

  private static List<Entry> entries(Path directory) {
    List<Entry> entries = new ArrayList<>();
    Reading reading = JournalReader.read(directory.resolve("journal.1.jsonl"), entries::add);
    assertThat(reading.damaged()).isZero();
    return entries;
  }

  private static RunState copy(RunState state, Entry more) {
    RunState copy = new RunState();
    state.snapshot(START).forEach(copy::accept);
    copy.accept(more);
    return copy;
  }

  static Map<FolderName, FolderState> touched(RunState state) {
    Map<FolderName, FolderState> touched = new HashMap<>(state.folders());
    touched.values().removeIf(new RunState().of(FolderName.ROOT)::equals);
    return touched;
  }
}
