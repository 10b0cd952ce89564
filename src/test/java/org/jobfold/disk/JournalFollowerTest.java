package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jobfold.disk.JournalFaultsTest.touched;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jobfold.folder.RefusedException;
import org.jobfold.journal.Accounts;
import org.jobfold.journal.Entry;
import org.jobfold.journal.RunState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal that is read while it is written. */
class JournalFollowerTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<Entry> ENTRIES = Accounts.of(11, 60);
  private static final JournalFile.Growth NEVER = new JournalFile.Growth(1L << 40, 4);
  private static final JournalFile.Growth SOON = new JournalFile.Growth(1000, 2);

  private Path directory = Path.of("/");

  @BeforeEach
  void find(@TempDir Path temporary) {
    directory = temporary;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void afterEachEntryItKnowsWhatTheRunKnows(boolean begunAnew) {
    JournalFollower follower = new JournalFollower(directory);
    assertThat(follower.look().file()).isEmpty();
    RunState sum = new RunState();
    try (JournalFile journal = begin(begunAnew ? SOON : NEVER)) {
      for (Entry entry : ENTRIES) {
        journal.append(entry);
        journal.flush();
        sum.accept(entry);
        Account account = follower.look();
        assertThat(touched(account.state())).isEqualTo(touched(sum));
        assertThat(account.state().left()).isEqualTo(sum.left());
        assertThat(account.reading().damaged()).isZero();
      }
    }
  }

  @Test
  void readsOnlyWhatWasAppended() throws IOException {
    try (JournalFile journal = begin(NEVER)) {
      ENTRIES.forEach(journal::append);
    }
    JournalFollower follower = new JournalFollower(directory);
    Account before = follower.look();
    long lines = before.reading().lines();
    // What was read already is not read again: a line that is damaged since does not show.
    Path file = before.file().orElseThrow();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    append(file, bytes, bytes.length - lastLine(bytes).length);
    Account after = follower.look();
    assertThat(after.reading().lines()).isEqualTo(lines + 1);
    assertThat(after.reading().damaged()).isZero();
    assertThat(after.state()).isSameAs(before.state());
    assertThat(new JournalFollower(directory).look().reading().damaged()).isEqualTo(1);
  }

  @Test
  void aLineThatIsBeingWrittenIsTakenUpWhenItIsWhole() throws IOException {
    try (JournalFile journal = begin(NEVER)) {
      ENTRIES.forEach(journal::append);
    }
    Path file = directory.resolve("journal.1.jsonl");
    byte[] last = lastLine(Files.readAllBytes(file));
    JournalFollower follower = new JournalFollower(directory);
    long lines = follower.look().reading().lines();
    int half = last.length / 2;
    Files.write(file, Arrays.copyOf(last, half), StandardOpenOption.APPEND);
    assertThat(follower.look().reading()).isEqualTo(reading(lines, Reading.Tail.TORN));
    Files.write(file, Arrays.copyOfRange(last, half, last.length), StandardOpenOption.APPEND);
    assertThat(follower.look().reading()).isEqualTo(reading(lines + 1, Reading.Tail.WHOLE));
  }

  @Test
  void aNewRunIsFollowedFromItsBegin() {
    JournalFollower follower = new JournalFollower(directory);
    try (JournalFile journal = begin(NEVER)) {
      ENTRIES.forEach(journal::append);
    }
    assertThat(follower.look().epoch()).isEqualTo(1);
    try (JournalFile second = begin(NEVER)) {
      assertThat(follower.look().epoch()).isEqualTo(2);
      assertThat(follower.look().state().folders()).isEmpty();
      second.append(ENTRIES.get(0));
    }
    assertThat(follower.look().reading().lines()).isEqualTo(2);
  }

  @Test
  void whatCanNotBeReadIsRefusedByItsName() throws IOException {
    Files.createDirectory(directory.resolve("journal.1.jsonl"));
    assertThatThrownBy(() -> new JournalFollower(directory).look())
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("journal.1.jsonl: the journal can not be read");
  }

  private JournalFile begin(JournalFile.Growth growth) {
    return new Journals(JournalDisk.REAL, directory, growth).begin(new RunState(), START);
  }

  private static Reading reading(long lines, Reading.Tail tail) {
    return new Reading(lines, 0, List.of(), tail);
  }

  private static void append(Path file, byte[] bytes, int from) throws IOException {
    Files.write(file, Arrays.copyOfRange(bytes, from, bytes.length), StandardOpenOption.APPEND);
  }

  private static byte[] lastLine(byte[] bytes) {
    int begin = bytes.length - 1;
    while (bytes[begin - 1] != '\n') {
      begin--;
    }
    return Arrays.copyOfRange(bytes, begin, bytes.length);
  }
}
