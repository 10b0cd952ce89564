package org.jobfold.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jobfold.journal.Entry;
import org.jobfold.journal.RunState;
import org.jspecify.annotations.Nullable;

/**
 * One file of a journal that is read while it is written: as far as its lines are whole, and later
 * what was appended.
 *
 * <p>Whether the file is still the one that was read is told by its identity, its length, and the
 * end of what was read, since a file that replaces another may get the identity of an earlier one.
 */
final class FollowedJournal {
  private static final int MARK = 64;

  private final Path file;
  private final int epoch;
  private final RunState state = new RunState();
  private final JournalReader reader;
  private @Nullable Object key;
  private long position;
  private byte[] mark = new byte[0];
  private Reading reading = Reading.nothing();
  private Optional<Instant> heard = Optional.empty();

  FollowedJournal(Path file, int epoch) {
    this.file = file;
    this.epoch = epoch;
    this.reader = new JournalReader(file.toString(), this::accept);
  }

  private void accept(Entry entry) {
    state.accept(entry);
    if (heard.isEmpty() || entry.at().isAfter(heard.get())) {
      heard = Optional.of(entry.at());
    }
  }

  int epoch() {
    return epoch;
  }

  /**
   * Reads what there is, or what was appended.
   *
   * @return false if the file is another one than before: then this is of no use any more
   */
  boolean readOn() throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      if (position > 0 && !isSame(now, channel)) {
        return false;
      }
      key = now.fileKey();
      WholeLines lines = new WholeLines(from(channel));
      reading = reader.read(lines);
      position += lines.bytes();
      mark = end(channel);
      return true;
    }
  }

  private InputStream from(FileChannel channel) throws IOException {
    channel.position(position);
    return Channels.newInputStream(channel);
  }

  private boolean isSame(BasicFileAttributes now, FileChannel channel) throws IOException {
    return Objects.equals(key, now.fileKey())
        && channel.size() >= position
        && Arrays.equals(mark, end(channel));
  }

  /** The last bytes before where it was read to. */
  private byte[] end(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MARK, position));
    int got = 0;
    while (bytes.hasRemaining() && got >= 0) {
      got = channel.read(bytes, position - bytes.remaining());
    }
    return bytes.array();
  }

  /** Whether it was begun: it has a whole header. */
  boolean isBegun() {
    return reading.lines() > 0;
  }

  /** What it adds up to so far. Its state goes on changing when more is read. */
  Account account() {
    return new Account(epoch, Optional.of(file), state, reading, heard);
  }
}
