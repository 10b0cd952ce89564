package org.jobfold.disk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jobfold.print.Digest;
import org.jobfold.print.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Single fingerprints, for programs that make their own: with files and directories as elements,
 * and kept in a file of their own.
 *
 * <p>It never throws for what it finds in a file: what can not be used is none, and said. An
 * element with half of a surrogate pair in its name is not read again.
 */
public final class FingerprintFile {
  private static final String VERSION = "jobfold-fingerprint";

  private FingerprintFile() {}

  /**
   * Adds a file, or a directory with all files below it, hidden ones among them, by their content.
   * Links to directories are not followed. What is not there has an element that says so.
   *
   * @param base what the names of the elements are relative to, so that it can be moved
   * @param path in it
   * @throws UncheckedIOException if something can not be read
   */
  public static void add(Fingerprint.Builder to, Path base, Path path) {
    String name = "file " + base.relativize(path);
    try {
      FileStamp.Stat stat = FileStamp.of(path);
      switch (stat.type()) {
        case REGULAR -> to.add(name, content(path, stat.stamp()));
        case DIRECTORY -> {
          to.add(name, "directory");
          addBelow(to, base, path);
        }
        case OTHER -> to.add(name, "neither file nor directory");
      }
    } catch (NoSuchFileException e) {
      to.add(name, "absent");
    } catch (IOException e) {
      throw new UncheckedIOException("'" + path + "' can not be read (" + Reasons.of(e) + ")", e);
    }
  }

  private static void addBelow(Fingerprint.Builder to, Path base, Path directory)
      throws IOException {
    List<Path> entries;
    try (var stream = Files.list(directory)) {
      entries = stream.toList();
    }
    for (Path entry : entries) {
      boolean isLink =
          FileStamp.of(entry, LinkOption.NOFOLLOW_LINKS).type() == FileStamp.Type.OTHER;
      if (isLink && Files.isDirectory(entry)) {
        to.add("file " + base.relativize(entry), "link to a directory");
      } else {
        add(to, base, entry);
      }
    }
  }

  private static Digest content(Path path, FileStamp stamp) throws IOException {
    ContentReader reader = new ContentReader(ContentReader.Source.FILES, () -> Long.MAX_VALUE);
    return reader.read(path, stamp, Optional.empty()).digest();
  }

  /**
   * Keeps a fingerprint: whole or not at all, whatever was in the file.
   *
   * @throws UncheckedIOException if it can not be written; then the file is as it was
   */
  public static void save(Fingerprint print, Path file) {
    LineBuffer line = new LineBuffer();
    JsonLine.write(
        line,
        json -> {
          json.writeNumberField(VERSION, Fingerprint.VERSION);
          json.writeStringField("checksum", print.checksum().toString());
          json.writeObjectFieldStart("elements");
          for (Map.Entry<String, Long> mark : print.marks().entrySet()) {
            json.writeStringField(mark.getKey(), HexFormat.of().toHexDigits(mark.getValue()));
          }
          json.writeEndObject();
        });
    Checksum.seal(line, 0);
    line.write('\n');
    Path draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      JournalDisk.Output output = JournalDisk.REAL.create(draft);
      try {
        ByteBuffer bytes = line.from(0);
        while (bytes.hasRemaining()) {
          output.write(bytes, bytes.position());
        }
        output.force();
        JournalDisk.REAL.replace(draft, file);
      } catch (IOException e) {
        SnapshotFile.discard(JournalDisk.REAL, output, draft);
        throw e;
      }
      output.close();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the fingerprint '" + file + "' can not be written (" + Reasons.of(e) + ")", e);
    }
  }

  /**
   * The fingerprint that was kept in a file; none if there is none of use.
   *
   * @param notes told, for people, if there is something that can not be used
   */
  public static Optional<Fingerprint> load(Path file, Consumer<String> notes) {
    try {
      return Optional.of(read(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (BadLine e) {
      notes.accept("the fingerprint '" + file + "' can not be used: " + e.getMessage());
    } catch (IOException e) {
      notes.accept("the fingerprint '" + file + "' can not be read (" + Reasons.of(e) + ")");
    }
    return Optional.empty();
  }

  private static Fingerprint read(byte[] bytes) throws BadLine {
    int end = bytes.length - 1;
    if (end < 2 || bytes[end] != '\n') {
      throw new BadLine("it is not whole");
    }
    if (Checksum.check(bytes, 0, end) != Checksum.Verdict.RIGHT) {
      throw new BadLine("its checksum is missing or wrong");
    }
    long version = 0;
    @Nullable Digest checksum = null;
    Map<String, Long> marks = new TreeMap<>();
    try (JsonParser json = new JsonFactory().createParser(bytes, 0, end)) {
      json.nextToken();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        JsonToken token = json.nextToken();
        if (name.equals(VERSION)) {
          version = json.getLongValue();
        } else if (name.equals("checksum")) {
          checksum = Digest.parse(json.getText());
        } else if (name.equals("elements") && token == JsonToken.START_OBJECT) {
          for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            marks.put(key, HexFormat.fromHexDigitsToLong(String.valueOf(json.nextTextValue())));
          }
        } else {
          json.skipChildren();
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new BadLine("it is not a fingerprint");
    }
    if (version != Fingerprint.VERSION || checksum == null) {
      throw new BadLine("it is of version " + version + ", this is " + Fingerprint.VERSION);
    }
    return Fingerprint.kept(checksum, marks);
  }
}
