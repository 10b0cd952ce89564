package org.jobfold.crash;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows the journal of one life while it is written: counts its lines. */
final class JournalWatch implements AutoCloseable {
  private static final Pattern JOURNAL = Pattern.compile("journal\\.([0-9]+)\\.jsonl");

  private final Path state;
  private final int before;
  private final TreeMap<String, Integer> counts = new TreeMap<>();
  private final StringBuilder torn = new StringBuilder();
  private Optional<RandomAccessFile> file = Optional.empty();
  private OptionalLong firstLine = OptionalLong.empty();
  private int epoch;
  private boolean begun;

  /** Made before the life begins: its journal has a higher epoch than those that are there. */
  JournalWatch(Path state) {
    this.state = state;
    this.before = epoch(state);
  }

  /** The highest epoch of the journals in a directory; 0 if there is none. */
  private static int epoch(Path state) {
    String[] names = state.toFile().list();
    int highest = 0;
    for (String name : names == null ? new String[0] : names) {
      Matcher journal = JOURNAL.matcher(name);
      if (journal.matches()) {
        highest = Math.max(highest, Integer.parseInt(journal.group(1)));
      }
    }
    return highest;
  }

  /** Reads what is new. */
  void look() throws IOException {
    if (file.isEmpty()) {
      epoch = epoch(state);
      if (epoch <= before) {
        return;
      }
      File journal = state.resolve("journal." + epoch + ".jsonl").toFile();
      file = Optional.of(new RandomAccessFile(journal, "r"));
      firstLine = OptionalLong.of(System.nanoTime());
    }
    RandomAccessFile in = file.get();
    byte[] bytes = new byte[(int) Math.max(0, in.length() - in.getFilePointer())];
    int got = in.read(bytes);
    if (got > 0) {
      torn.append(new String(bytes, 0, got, StandardCharsets.ISO_8859_1));
    }
    for (int end = torn.indexOf("\n"); end >= 0; end = torn.indexOf("\n")) {
      line(torn.substring(0, end));
      torn.delete(0, end + 1);
    }
  }

  /** Whether the journal of this life is there. */
  boolean exists() {
    return file.isPresent();
  }

  /** When it was seen first, by {@link System#nanoTime}; empty if it is not there. */
  OptionalLong firstLine() {
    return firstLine;
  }

  /** How many lines of an event there were since this life's own first one. */
  int count(String event) {
    return counts.getOrDefault(event, 0);
  }

  private void line(String line) {
    begun |= line.contains("\"event\":\"run\"") && line.contains("\"epoch\":" + epoch + ",");
    int at = line.indexOf("\"event\":\"");
    if (begun && at >= 0) {
      String rest = line.substring(at + 9);
      counts.merge(rest.substring(0, rest.indexOf('"')), 1, Integer::sum);
    }
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }
}
