package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jobfold.disk.JournalFaultsTest.touched;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jobfold.folder.RefusedException;
import org.jobfold.journal.Accounts;
import org.jobfold.journal.Entry;
import org.jobfold.journal.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<Entry> ENTRIES = Accounts.of(5, 30);
  private static final JournalFile.Growth SOON = new JournalFile.Growth(1000, 2);

  private final Path root;
  private final StateDirectory state;

  JournalsTest(@TempDir Path root) {
    this.state = StateDirectory.of(root);
    this.root = state.path();
  }

  @Test
  void whereNothingWasRunNothingIsKnown() {
    Account account = state.load();
    assertThat(account.epoch()).isZero();
    assertThat(account.file()).isEmpty();
    assertThat(account.state().folders()).isEmpty();
    assertThat(account.reading()).isEqualTo(Reading.nothing());
  }

  @Test
  void aResumeGoesOnInAFileOfItsOwn() throws IOException {
    int half = ENTRIES.size() / 2;
    try (JournalFile first = state.fresh(START)) {
      ENTRIES.subList(0, half).forEach(first::append);
    }
    byte[] before = Files.readAllBytes(root.resolve("journal.1.jsonl"));
    try (JournalFile second = state.resumed(state.load().state(), START)) {
      assertThat(second.epoch()).isEqualTo(2);
      ENTRIES.subList(half, ENTRIES.size()).forEach(second::append);
    }
    assertThat(Files.readAllBytes(root.resolve("journal.1.jsonl"))).isEqualTo(before);
    Account account = state.load();
    assertThat(account.epoch()).isEqualTo(2);
    assertThat(touched(account.state())).isEqualTo(touched(sum(ENTRIES)));
  }

  @Test
  void aFreshRunBeginsWithNothingAndKeepsTheOneBefore() {
    for (int run = 1; run <= 4; run++) {
      try (JournalFile journal = state.fresh(START)) {
        assertThat(journal.epoch()).isEqualTo(run);
        assertThat(journal.run()).isNotBlank();
        journal.append(new Entry.RunEnded(START, run));
      }
    }
    assertThat(files()).containsExactlyInAnyOrder("journal.3.jsonl", "journal.4.jsonl");
    assertThat(state.load().state().end()).contains(new Entry.RunEnded(START, 4));
  }

  @Test
  void whatWeDidNotWriteIsNotDeleted() throws IOException {
    Files.writeString(root.resolve("journal.1.jsonl"), "mine\n");
    Files.writeString(root.resolve("journal.old.jsonl"), "mine\n");
    state.fresh(START).close();
    state.fresh(START).close();
    state.fresh(START).close();
    assertThat(files())
        .containsExactlyInAnyOrder(
            "journal.1.jsonl", "journal.old.jsonl", "journal.3.jsonl", "journal.4.jsonl");
  }

  @Test
  void aDraftOfAHigherEpochIsIgnored() throws IOException {
    state.fresh(START).close();
    Files.writeString(root.resolve("journal.7.x.tmp"), "half");
    assertThat(state.load().epoch()).isEqualTo(1);
    try (JournalFile journal = state.fresh(START)) {
      assertThat(journal.epoch()).isEqualTo(2);
    }
  }

  @Test
  void aFileThatWasNeverBegunUsesUpItsNumber() throws IOException {
    try (JournalFile first = state.fresh(START)) {
      ENTRIES.forEach(first::append);
    }
    Files.createFile(root.resolve("journal.2.jsonl"));
    assertThat(state.load().epoch()).isEqualTo(1);
    assertThat(touched(state.load().state())).isEqualTo(touched(sum(ENTRIES)));
    try (JournalFile journal = state.resumed(state.load().state(), START)) {
      assertThat(journal.epoch()).isEqualTo(3);
    }
  }

  @Test
  void anOlderJournalDoesNotStandInForOneThatIsDamagedAtItsBegin() throws IOException {
    state.fresh(START).close();
    Files.writeString(root.resolve("journal.2.jsonl"), "\0\0\0\0\n");
    assertThatThrownBy(state::load)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("journal.2.jsonl:1: the first line is not the header of a journal");
  }

  @Test
  void aLateWriterReachesItsOwnFileOnly() throws IOException {
    Journals journals = new Journals(JournalDisk.REAL, root, SOON);
    try (JournalFile late = journals.begin(new RunState(), START)) {
      late.append(ENTRIES.get(0));
      late.flush();
      try (JournalFile successor = journals.begin(journals.load().state(), START)) {
        successor.append(ENTRIES.get(1));
        successor.flush();
        byte[] its = Files.readAllBytes(successor.path());
        for (Entry entry : ENTRIES) {
          late.append(entry);
          late.flush();
        }
        assertThat(Files.size(late.path())).isLessThan(30_000);
        assertThat(Files.readAllBytes(successor.path())).isEqualTo(its);
        assertThat(journals.load().epoch()).isEqualTo(2);
        assertThat(journals.load().state().folders()).hasSize(1);
      }
    }
  }

  @Test
  void aFileThatGrowsIsBegunAnewAndAddsUpToTheSame() throws IOException {
    Journals journals = new Journals(JournalDisk.REAL, root, SOON);
    long longest = 0;
    try (JournalFile journal = journals.begin(new RunState(), START)) {
      for (Entry entry : ENTRIES) {
        journal.append(entry);
        journal.flush();
        longest = Math.max(longest, Files.size(journal.path()));
      }
    }
    assertThat(longest).isLessThan(JournalReaderTest.bytes(ENTRIES).length);
    assertThat(touched(journals.load().state())).isEqualTo(touched(sum(ENTRIES)));
    assertThat(files()).containsExactly("journal.1.jsonl");
  }

  private List<String> files() {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static RunState sum(List<Entry> entries) {
    RunState state = new RunState();
    entries.forEach(state::accept);
    return state;
  }
}
