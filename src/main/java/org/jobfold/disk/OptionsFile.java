package org.jobfold.disk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of a run as a JSON array of strings. By Jackson's streaming core alone: binding
 * objects would cost each run more time to load than the rest of its start.
 */
final class OptionsFile {
  private static final JsonFactory JSON = new JsonFactory();

  private OptionsFile() {}

  static byte[] write(List<String> options) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartArray();
      for (String option : options) {
        json.writeString(option);
      }
      json.writeEndArray();
    }
    return bytes.toByteArray();
  }

  /** Reads what {@link #write} wrote; anything else is an error. */
  static List<String> read(byte[] bytes) throws IOException {
    List<String> options = new ArrayList<>();
    try (JsonParser json = JSON.createParser(bytes)) {
      expect(json.nextToken() == JsonToken.START_ARRAY, json);
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        options.add(json.getText());
      }
      expect(json.currentToken() == JsonToken.END_ARRAY, json);
    }
    return options;
  }

  private static void expect(boolean holds, JsonParser json) throws IOException {
    if (!holds) {
      throw new JsonParseException(json, "not an array of strings");
    }
  }
}
