package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.RefusedException;
import org.jobfold.journal.Accounts;
import org.jobfold.journal.Entry;
import org.jobfold.journal.RunState;
import org.junit.jupiter.api.Test;

class JournalReaderTest {
  private final List<Entry> found = new ArrayList<>();

  @Test
  void theVectorOfTheFormatPageIsRead() throws IOException {
    Path vector = Path.of("src/test/resources/journal/two-folders.jsonl");
    Reading reading = JournalReader.read(vector, found::add);
    assertThat(reading).isEqualTo(new Reading(19, 0, List.of(), Reading.Tail.WHOLE));
    assertThat(found).hasSize(18).isEqualTo(JournalFileTest.TWO_FOLDERS);
  }

  @Test
  void allThatIsWrittenIsReadAgain() {
    for (long seed = 0; seed < 200; seed++) {
      List<Entry> entries = Accounts.of(seed, 10);
      found.clear();
      assertThat(read(bytes(entries)).damaged()).isZero();
      assertThat(found).isEqualTo(entries);
    }
  }

  @Test
  void aFileWithoutAHeaderWasNeverBegun() {
    byte[] header = bytes(List.of());
    for (int length = 0; length < header.length; length++) {
      assertThat(read(Arrays.copyOf(header, length))).isEqualTo(Reading.nothing());
    }
    assertThat(read(header).lines()).isEqualTo(1);
  }

  @Test
  void everyPrefixHasTheWholeLinesAndNothingElse() {
    List<Entry> entries = Accounts.of(4, 3);
    byte[] whole = bytes(entries);
    int header = bytes(List.of()).length;
    int lines = 0;
    for (int length = header; length <= whole.length; length++) {
      lines += whole[length - 1] == '\n' ? 1 : 0;
      found.clear();
      Reading reading = read(Arrays.copyOf(whole, length));
      assertThat(reading.lines()).isEqualTo(lines);
      assertThat(reading.damaged()).isZero();
      assertThat(reading.tail())
          .isEqualTo(whole[length - 1] == '\n' ? Reading.Tail.WHOLE : Reading.Tail.TORN);
      assertThat(found.equals(entries.subList(0, lines - 1))).isTrue();
    }
  }

  @Test
  void aNewerVersionIsRefusedWithBothVersions() {
    LineBuffer newer = new LineBuffer();
    newer.writeBytes("{\"jobfold-journal\":2,\"more\":[1]}".getBytes(StandardCharsets.UTF_8));
    Checksum.seal(newer, 0);
    newer.write('\n');
    assertThatThrownBy(() -> read(newer.toByteArray()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "the file:1: the journal has version 2 of its format, this jobfold reads up to 1: use"
                + " the jobfold that wrote it, or a newer one");
  }

  @Test
  void whatIsNoJournalIsRefused() {
    for (String text :
        List.of("hello\n", "hello", "\n", "{}\n", "{\"jobfold-journal\":1}\n", "\0\0\0\0")) {
      assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(RefusedException.class)
          .hasMessageStartingWith("the file:1: the first line is not the header of a journal (");
    }
    assertThatThrownBy(() -> read(new byte[LineReader.LONGEST + 10]))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void whatCanNotBeReadIsRefusedWithTheReason() {
    assertThatThrownBy(() -> JournalReader.read(Path.of("/no/journal"), found::add))
        .isInstanceOf(RefusedException.class)
        .hasMessage("/no/journal: the journal can not be read (no such file or directory)");
  }

  @Test
  void damagedLinesAreReportedAndTheOthersRead() {
    assertThat(damage("{\"at\":\"2026-01-01T00:00:00Z\",\"event\":\"over\",\"left\":0}"))
        .isEqualTo("it has no checksum at its end");
    assertThat(damage("\0\0\0\0")).isEqualTo("it has no checksum at its end");
    assertThat(damage("")).isEqualTo("it has no checksum at its end");
    assertThat(damage(sealed("{\"event\":\"over\"}").replace("over", "oven")))
        .isEqualTo("its checksum is wrong");
    assertThat(damage(sealed("[{}}"))).isEqualTo("it is not a JSON object");
    assertThat(damage(sealed("{\"event\":}"))).isEqualTo("it is not JSON in UTF-8");
    assertThat(damage(event("\"event\":\"over\""))).isEqualTo("it has no 'left' of use");
    assertThat(damage(event("\"event\":\"over\",\"left\":\"0\"")))
        .isEqualTo("'left' is not a whole number");
    assertThat(damage(event("\"event\":\"over\",\"left\":-1")))
        .isEqualTo("'left' is -1, which is less than 0");
    assertThat(damage(event("\"event\":\"over\",\"left\":99999999999")))
        .isEqualTo("'left' is 99999999999, which is too much");
    assertThat(damage(sealed("{\"at\":\"today\",\"event\":\"over\",\"left\":0}")))
        .isEqualTo("'at' is 'today', which is no time");
    assertThat(damage(event("\"event\":\"start\",\"folder\":\"a\",\"trial\":1,\"pid\":1")))
        .isEqualTo("folder name 'a' does not start at the root: write '/a'");
    assertThat(
            damage(
                event(
                    "\"event\":\"folder\",\"folder\":\"/a\",\"state\":\"done\",\"trials\":1,\"outcome\":\"magic\"")))
        .isEqualTo("the outcome 'magic' is not known");
  }

  @Test
  void textThatIsNotUtf8IsDamage() {
    LineBuffer line = new LineBuffer();
    line.writeBytes("{\"event\":\"".getBytes(StandardCharsets.UTF_8));
    line.write(0xff);
    line.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
    Checksum.seal(line, 0);
    assertThat(damage(line.toByteArray())).isEqualTo("it is not JSON in UTF-8");
  }

  @Test
  void whatANewerProgramAddsIsPassedOver() {
    LineBuffer journal = new LineBuffer();
    FileHeader.JOURNAL.write(journal);
    journal.writeBytes(
        (event("\"event\":\"news\",\"left\":{\"a\":{}}")
                + "\n"
                + event(
                    "\"event\":\"over\",\"more\":[{}],\"even\":{\"a\":[[1],2.5]},\"big\":99999999999999999999,\"left\":3")
                + "\n")
            .getBytes(StandardCharsets.UTF_8));
    assertThat(read(journal.toByteArray()).damaged()).isZero();
    assertThat(found)
        .singleElement()
        .isInstanceOfSatisfying(Entry.RunEnded.class, e -> assertThat(e.left()).isEqualTo(3));
  }

  @Test
  void aBlockWithoutLinesCostsNoMemoryAndOneLine() {
    List<Entry> entries = Accounts.of(1, 3);
    LineBuffer journal = new LineBuffer();
    journal.writeBytes(bytes(entries));
    journal.writeBytes(new byte[3 * LineReader.LONGEST]);
    journal.write('\n');
    journal.writeBytes(Arrays.copyOfRange(bytes(entries), bytes(List.of()).length, 1 << 12));
    Reading reading = read(journal.toByteArray());
    assertThat(reading.damage())
        .startsWith(
            new Reading.Damage(entries.size() + 2, "it is longer than any that is written"));
    assertThat(found.size()).isGreaterThan(entries.size());
  }

  @Test
  void manyDamagedLinesAreCountedAndTheFirstDescribed() {
    LineBuffer journal = new LineBuffer();
    FileHeader.JOURNAL.write(journal);
    journal.writeBytes("x\n".repeat(5000).getBytes(StandardCharsets.UTF_8));
    Reading reading = read(journal.toByteArray());
    assertThat(reading.damaged()).isEqualTo(5000);
    assertThat(reading.damage()).hasSize(100);
    assertThat(reading.damage().get(0).line()).isEqualTo(2);
  }

  /** Flips, cuts, blocks of zeros, lines twice: the reader goes on, and nothing succeeds by it. */
  @Test
  void noDamageMakesASuccess() {
    Random random = new Random(20260101);
    for (int i = 0; i < 10_000; i++) {
      List<Entry> entries = Accounts.of(i, 1 + random.nextInt(6));
      Set<FolderName> succeeded = successes(entries);
      byte[] damaged = damaged(bytes(entries), random);
      RunState state = new RunState();
      try {
        JournalReader.read(new ByteArrayInputStream(damaged), "the file", state::accept);
      } catch (RefusedException header) {
        continue;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      for (FolderName folder : state.folders().keySet()) {
        if (state.succeeded(folder)) {
          assertThat(succeeded.contains(folder)).as("case %d", i).isTrue();
        }
      }
    }
  }

  private static byte[] damaged(byte[] whole, Random random) {
    byte[] bytes = whole;
    for (int n = random.nextInt(4); n >= 0; n--) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(random.nextInt(1, 400), bytes.length - at);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> Arrays.fill(bytes, at, at + length, (byte) 0);
        case 2 -> bytes = join(bytes, at, at + length);
        case 3 -> bytes = join(bytes, at + length, at);
        default -> {
          byte[] noise = new byte[length];
          random.nextBytes(noise);
          System.arraycopy(noise, 0, bytes, at, length);
        }
      }
      if (bytes.length == 0) {
        return bytes;
      }
    }
    return bytes;
  }

  /** All up to one place, and all from another: what is between is cut out, or comes twice. */
  private static byte[] join(byte[] bytes, int until, int from) {
    byte[] joined = Arrays.copyOf(bytes, until + bytes.length - from);
    System.arraycopy(bytes, from, joined, until, bytes.length - from);
    return joined;
  }

  private static Set<FolderName> successes(List<Entry> entries) {
    Set<FolderName> names = new HashSet<>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.FolderSettled settled && settled.state().succeeded()) {
        names.add(settled.folder());
      }
    }
    return names;
  }

  private String damage(String line) {
    return damage(line.getBytes(StandardCharsets.UTF_8));
  }

  /** What is said of a line in the middle of a journal. */
  private String damage(byte[] line) {
    List<Entry> before = Accounts.of(1, 2);
    byte[] after = bytes(before);
    LineBuffer journal = new LineBuffer();
    journal.writeBytes(after);
    journal.writeBytes(line);
    journal.write('\n');
    int header = bytes(List.of()).length;
    journal.write(after, header, after.length - header);
    found.clear();
    Reading reading = read(journal.toByteArray());
    assertThat(found).hasSize(2 * before.size());
    assertThat(reading.damage())
        .singleElement()
        .satisfies(damage -> assertThat(damage.line()).isEqualTo(before.size() + 2));
    return reading.damage().get(0).what();
  }

  private Reading read(byte[] bytes) {
    try {
      return JournalReader.read(new ByteArrayInputStream(bytes), "the file", found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String event(String fields) {
    return sealed("{\"at\":\"2026-01-01T00:00:00Z\"," + fields + "}");
  }

  private static String sealed(String object) {
    LineBuffer line = new LineBuffer();
    line.writeBytes(object.getBytes(StandardCharsets.UTF_8));
    Checksum.seal(line, 0);
    return line.toString(StandardCharsets.UTF_8);
  }

  static byte[] bytes(List<Entry> entries) {
    LineBuffer out = new LineBuffer();
    FileHeader.JOURNAL.write(out);
    for (Entry entry : entries) {
      EntryJson.writeLine(entry, out);
    }
    return out.toByteArray();
  }
}
