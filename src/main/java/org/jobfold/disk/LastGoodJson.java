package org.jobfold.disk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.folder.FolderName;
import org.jobfold.print.Digest;
import org.jobfold.print.Fingerprint;
import org.jobfold.print.FolderElements;
import org.jspecify.annotations.Nullable;

/**
 * Writes the record of a folder as a line, and reads it. The fields are those of {@code
 * docs/formats/fingerprints.md}.
 *
 * <p>The first field is the state, of four letters in a fixed place, so that it can be changed
 * where it stands. It is not under the checksum of the line.
 */
final class LastGoodJson {
  /** How many bytes of a line are before what is under its checksum. */
  static final int PREFIX = "{\"is\":\"good\",".length();

  /** Where the state is in a line. */
  static final int STATE = "{\"is\":\"".length();

  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] BEGIN = "{\"is\":\"".getBytes(StandardCharsets.UTF_8);
  private static final byte[] FOLDER = "\"folder\":\"".getBytes(StandardCharsets.UTF_8);

  private LastGoodJson() {}

  /** Writes a record, its checksum and the end of its line. */
  static void writeLine(LastGood record, LineBuffer out) {
    int begin = out.size();
    JsonLine.write(
        out,
        json -> {
          json.writeStringField("is", RecordState.GOOD.word());
          json.writeStringField("folder", record.folder().path());
          write(record, json);
        });
    Checksum.seal(out, begin + PREFIX);
    out.write('\n');
  }

  private static void write(LastGood record, JsonGenerator json) throws IOException {
    Optional<Digest> asked = record.asked().map(Fingerprint::checksum);
    if (asked.isPresent()) {
      json.writeStringField("asked", asked.get().toString());
    }
    if (asked.filter(record.made()::equals).isEmpty()) {
      json.writeStringField("made", record.made().toString());
    }
    if (record.asked().isPresent()) {
      json.writeObjectFieldStart("elements");
      for (Map.Entry<String, Long> mark : record.asked().get().marks().entrySet()) {
        if (!isOfFile(mark.getKey(), record)) {
          json.writeStringField(mark.getKey(), HexFormat.of().toHexDigits(mark.getValue()));
        }
      }
      json.writeEndObject();
    }
    write("inputs", record.inputs(), json);
    if (record.outputs().isPresent()) {
      write("outputs", record.outputs().get(), json);
    }
  }

  /** Whether an element can be made again of what is said about a file. */
  private static boolean isOfFile(String element, LastGood record) {
    return element.startsWith(FolderElements.INPUT)
        && record.inputs().containsKey(element.substring(FolderElements.INPUT.length()));
  }

  private static void write(String name, Map<String, Content> files, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Content> file : files.entrySet()) {
      json.writeArrayFieldStart(file.getKey());
      json.writeString(file.getValue().digest().toString());
      if (file.getValue().stamp().isPresent()) {
        FileStamp stamp = file.getValue().stamp().get();
        json.writeNumber(stamp.size());
        json.writeNumber(stamp.written());
        json.writeNumber(stamp.changed());
        json.writeNumber(stamp.inode());
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  /** The state of a line, given without its end. */
  static RecordState state(byte[] bytes, int begin, int end) throws BadLine {
    if (end - begin < PREFIX
        || !Arrays.equals(bytes, begin, begin + STATE, BEGIN, 0, STATE)
        || bytes[begin + PREFIX - 2] != '"'
        || bytes[begin + PREFIX - 1] != ',') {
      throw new BadLine("it does not begin with its state");
    }
    return RecordState.of(new String(bytes, begin + STATE, 4, StandardCharsets.ISO_8859_1));
  }

  /** The folder of a line, given without its end, whose checksum is right. */
  static FolderName folder(byte[] bytes, int begin, int end) throws BadLine {
    int name = begin + PREFIX + FOLDER.length;
    for (int i = 0; i < FOLDER.length; i++) {
      if (begin + PREFIX + i >= end || bytes[begin + PREFIX + i] != FOLDER[i]) {
        throw new BadLine("it names no folder");
      }
    }
    int quote = name;
    while (quote < end && bytes[quote] != '"') {
      if (bytes[quote] == '\\') {
        return read(bytes, begin, end).folder();
      }
      quote++;
    }
    return name(new String(bytes, name, quote - name, StandardCharsets.UTF_8));
  }

  /**
   * The record of a line, given without its end, whose checksum is right.
   *
   * @throws BadLine if there is none in it
   */
  static LastGood read(byte[] bytes, int begin, int end) throws BadLine {
    Fields fields = new Fields();
    try (JsonParser json = JSON.createParser(bytes, begin, end - begin)) {
      expect(json, JsonToken.START_OBJECT);
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        fields.read(name, json);
      }
    } catch (IOException e) {
      throw new BadLine("it is not JSON in UTF-8");
    } catch (IllegalArgumentException e) {
      throw new BadLine(String.valueOf(e.getMessage()));
    }
    return fields.record();
  }

  private static FolderName name(String path) throws BadLine {
    try {
      return new FolderName(path);
    } catch (IllegalArgumentException e) {
      throw new BadLine(String.valueOf(e.getMessage()));
    }
  }

  private static void expect(JsonParser json, JsonToken token) throws IOException {
    if (json.nextToken() != token) {
      throw new IllegalArgumentException("there is something else than " + token + " in it");
    }
  }

  private static String text(JsonParser json) throws IOException {
    expect(json, JsonToken.VALUE_STRING);
    return json.getText();
  }

  private static long number(JsonParser json) throws IOException {
    expect(json, JsonToken.VALUE_NUMBER_INT);
    return json.getLongValue();
  }

  /** The fields of a line as far as they were read. */
  private static final class Fields {
    private @Nullable FolderName folder;
    private @Nullable Digest asked;
    private @Nullable Digest made;
    private final SortedMap<String, Long> marks = new TreeMap<>();
    private SortedMap<String, Content> inputs = new TreeMap<>();
    private @Nullable SortedMap<String, Content> outputs;

    void read(String name, JsonParser json) throws IOException {
      switch (name) {
        case "folder" -> folder = new FolderName(text(json));
        case "asked" -> asked = Digest.parse(text(json));
        case "made" -> made = Digest.parse(text(json));
        case "inputs" -> inputs = files(json);
        case "outputs" -> outputs = files(json);
        case "elements" -> {
          expect(json, JsonToken.START_OBJECT);
          for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            marks.put(key, HexFormat.fromHexDigitsToLong(text(json)));
          }
        }
        default -> {
          json.nextToken();
          json.skipChildren();
        }
      }
    }

    private static SortedMap<String, Content> files(JsonParser json) throws IOException {
      SortedMap<String, Content> files = new TreeMap<>();
      expect(json, JsonToken.START_OBJECT);
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        expect(json, JsonToken.START_ARRAY);
        Digest digest = Digest.parse(text(json));
        Optional<FileStamp> stamp = Optional.empty();
        if (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
          long size = json.getLongValue();
          stamp = Optional.of(new FileStamp(size, number(json), number(json), number(json)));
          while (json.nextToken() != JsonToken.END_ARRAY) {
            json.skipChildren();
          }
        }
        files.put(name, new Content(digest, stamp));
      }
      return files;
    }

    LastGood record() throws BadLine {
      if (folder == null || (asked == null && made == null)) {
        throw new BadLine("it has no 'folder', or neither 'asked' nor 'made'");
      }
      inputs.forEach(
          (name, content) -> marks.put(FolderElements.INPUT + name, content.digest().first()));
      Optional<Fingerprint> print =
          Optional.ofNullable(asked).map(checksum -> Fingerprint.kept(checksum, marks));
      Digest seen = made == null ? print.orElseThrow().checksum() : made;
      return new LastGood(folder, print, seen, inputs, Optional.ofNullable(outputs));
    }
  }
}
