package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jobfold.print.Digest;
import org.jobfold.print.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentReaderTest {
  private static final long HOUR = 3_600_000_000_000L;

  private final Path directory;
  private final Path file;
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicLong now = new AtomicLong(FileClock.local() + HOUR);
  private final ContentReader reader =
      new ContentReader(
          path -> {
            opened.incrementAndGet();
            return Files.newInputStream(path);
          },
          now::get);

  ContentReaderTest(@TempDir Path directory) {
    this.directory = directory;
    this.file = directory.resolve("file");
  }

  @Test
  void whatIsAsItWasIsNotReadAgain() throws IOException {
    Files.writeString(file, "one");
    Content first = read(Optional.empty());
    assertThat(first.digest()).isEqualTo(digest("one"));
    assertThat(first.stamp()).contains(FileStamp.of(file).stamp());
    assertThat(read(Optional.of(first))).isEqualTo(first);
    assertThat(opened).hasValue(1);
  }

  @Test
  void whatHasAnotherStampIsReadAgain() throws IOException {
    Files.writeString(file, "one");
    Content first = read(Optional.empty());
    Path other = file.resolveSibling("other");
    Files.writeString(other, "two");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    Files.delete(file);
    Files.move(other, file);
    assertThat(read(Optional.of(first)).digest()).isEqualTo(digest("two"));
  }

  @Test
  void aTimeOfWritingThatWasSetBackDoesNotHideAChange() throws IOException {
    Files.writeString(file, "one");
    FileTime written = Files.getLastModifiedTime(file);
    Content first = read(Optional.empty());
    FileStamp before = FileStamp.of(file).stamp();
    do {
      Files.writeString(file, "two");
      Files.setLastModifiedTime(file, written);
    } while (FileStamp.of(file).stamp().changed() == before.changed());
    assertThat(read(Optional.of(first)).digest()).isEqualTo(digest("two"));
  }

  @Test
  void whatWasChangedWithinTheLastTickIsNotTrusted() throws IOException {
    Files.writeString(file, "one");
    long changed = FileStamp.of(file).stamp().changed();
    for (long later : new long[] {-HOUR, -1, 0, 1, 10_000_000}) {
      now.set(changed + later);
      assertThat(read(Optional.empty()).stamp()).isEmpty();
    }
    now.set(changed + 3_000_000_000L);
    assertThat(read(Optional.empty()).stamp()).isPresent();
  }

  @Test
  void aStampInWholeSecondsIsNotTrustedForTwoOfThem() {
    long second = 1_700_000_000_000_000_000L;
    assertThat(new FileStamp(1, 2, second, 3).settled() - second).isGreaterThan(2_000_000_000L);
    assertThat(new FileStamp(1, 2, second + 1, 3).settled() - second).isLessThan(100_000_000L);
  }

  /** With the clock of this machine: changes that follow one another as fast as they can. */
  @Test
  void noChangeIsMissedHoweverQuickly() throws IOException {
    ContentReader real = new ContentReader(ContentReader.Source.FILES, FileClock.of(directory));
    Optional<Content> known = Optional.empty();
    for (int i = 0; i < 2000; i++) {
      String text = Integer.toString(1000 + i % 7);
      Files.writeString(file, text);
      Content content = real.read(file, FileStamp.of(file).stamp(), known);
      assertThat(content.digest()).isEqualTo(digest(text));
      known = Optional.of(content);
    }
  }

  @Test
  void aFileThatChangesWhileItIsReadIsNotTrusted() throws IOException {
    Files.writeString(file, "one");
    FileStamp stamp = FileStamp.of(file).stamp();
    ContentReader late =
        new ContentReader(
            path -> {
              Files.writeString(path, "longer");
              return Files.newInputStream(path);
            },
            now::get);
    Content content = late.read(file, stamp, Optional.empty());
    assertThat(content.stamp()).isEmpty();
  }

  private Content read(Optional<Content> known) throws IOException {
    return reader.read(file, FileStamp.of(file).stamp(), known);
  }

  private static Digest digest(String text) {
    return Digest.of(Sha256.create().digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
