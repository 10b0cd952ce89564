package org.jobfold.disk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A JSON object as the texts of its fields; what is deeper is passed over. */
public final class FlatJson {
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, String> fields;

  private FlatJson(Map<String, String> fields) {
    this.fields = fields;
  }

  /** Reads an object; anything else, or one with no end, has no fields. */
  public static FlatJson read(byte[] bytes) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return new FlatJson(Map.of());
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        json.skipChildren();
        fields.put(name, json.getText());
      }
      return new FlatJson(json.currentToken() == JsonToken.END_OBJECT ? fields : Map.of());
    }
  }

  /** Whether there is a field. */
  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /** A field that must be there. */
  public String field(String name) throws IOException {
    String value = fields.get(name);
    if (value == null) {
      throw new IOException("no field '" + name + "'");
    }
    return value;
  }
}
