package org.jobfold.disk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The files of requests: {@code docs/formats/inbox.md}. */
final class LetterJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String UPDATE = "update";
  private static final String STOP = "stop";

  private LetterJson() {}

  static byte[] write(Letter letter) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("format", 1);
      json.writeStringField("run", letter.run());
      writeRequest(letter.request(), json);
      json.writeStringField("user", letter.from().user());
      json.writeStringField("host", letter.from().host());
      json.writeNumberField("pid", letter.from().pid());
      json.writeStringField("at", letter.at().toString());
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return bytes.toByteArray();
  }

  private static void writeRequest(Request request, JsonGenerator json) throws IOException {
    if (request instanceof Request.Update update) {
      json.writeStringField("kind", UPDATE);
      json.writeStringField("old", word(update.old()));
      json.writeStringField("failed", word(update.failed()));
    } else if (request instanceof Request.Stop stop) {
      json.writeStringField("kind", STOP);
      json.writeStringField("how", word(stop.how()));
    } else if (request instanceof Request.Unknown unknown) {
      json.writeStringField("kind", unknown.what());
    }
  }

  /** Reads a file; empty if it is damaged. */
  static Optional<Letter> read(byte[] bytes) {
    try {
      FlatJson fields = FlatJson.read(bytes);
      return Optional.of(
          new Letter(
              fields.field("run"),
              request(fields),
              new Sender(
                  fields.field("user"), fields.field("host"), Long.parseLong(fields.field("pid"))),
              Instant.parse(fields.field("at"))));
    } catch (IOException | RuntimeException damaged) {
      return Optional.empty();
    }
  }

  private static Request request(FlatJson fields) throws IOException {
    String kind = fields.field("kind");
    if (!fields.field("format").equals("1")) {
      return new Request.Unknown("format " + fields.field("format"));
    }
    if (kind.equals(UPDATE)) {
      String old = fields.field("old");
      String failed = fields.has("failed") ? fields.field("failed") : word(Request.Failed.STAY);
      for (Request.Old known : Request.Old.values()) {
        for (Request.Failed knownFailed : Request.Failed.values()) {
          if (word(known).equals(old) && word(knownFailed).equals(failed)) {
            return new Request.Update(known, knownFailed);
          }
        }
      }
      boolean oldIsKnown =
          Arrays.stream(Request.Old.values()).anyMatch(known -> word(known).equals(old));
      return new Request.Unknown(kind + " " + (oldIsKnown ? failed : old));
    }
    if (kind.equals(STOP)) {
      String how = fields.field("how");
      for (Request.How known : Request.How.values()) {
        if (word(known).equals(how)) {
          return new Request.Stop(known);
        }
      }
      return new Request.Unknown(kind + " " + how);
    }
    return new Request.Unknown(kind);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
