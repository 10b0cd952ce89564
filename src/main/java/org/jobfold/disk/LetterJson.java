package org.jobfold.disk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
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
      Map<String, String> fields = fields(bytes);
      return Optional.of(
          new Letter(
              field(fields, "run"),
              request(fields),
              new Sender(
                  field(fields, "user"),
                  field(fields, "host"),
                  Long.parseLong(field(fields, "pid"))),
              Instant.parse(field(fields, "at"))));
    } catch (IOException | RuntimeException damaged) {
      return Optional.empty();
    }
  }

  private static Request request(Map<String, String> fields) throws IOException {
    String kind = field(fields, "kind");
    if (!field(fields, "format").equals("1")) {
      return new Request.Unknown("format " + field(fields, "format"));
    }
    if (kind.equals(UPDATE)) {
      String old = field(fields, "old");
      for (Request.Old known : Request.Old.values()) {
        if (word(known).equals(old)) {
          return new Request.Update(known);
        }
      }
      return new Request.Unknown(kind + " " + old);
    }
    if (kind.equals(STOP)) {
      String how = field(fields, "how");
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

  private static Map<String, String> fields(byte[] bytes) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Map.of();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        json.skipChildren();
        fields.put(name, json.getText());
      }
      return json.currentToken() == JsonToken.END_OBJECT ? fields : Map.of();
    }
  }

  private static String field(Map<String, String> fields, String name) throws IOException {
    String value = fields.get(name);
    if (value == null) {
      throw new IOException("no field '" + name + "'");
    }
    return value;
  }
}
