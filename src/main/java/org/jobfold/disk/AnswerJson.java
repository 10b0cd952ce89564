package org.jobfold.disk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jobfold.folder.Problem;

/**
 * The files of answers, and what the commands that ask write for machines: {@code
 * docs/formats/inbox.md}.
 */
public final class AnswerJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String UPDATED = "updated";
  private static final String STOPPING = "stopping";
  private static final String REFUSED = "refused";
  private static final String OVER = "over";

  private AnswerJson() {}

  static byte[] write(Answer answer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("format", 1);
      write(answer, json);
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return bytes.toByteArray();
  }

  /** Writes the fields of an answer. */
  public static void write(Answer answer, JsonGenerator json) throws IOException {
    if (answer instanceof Answer.Updated updated) {
      json.writeStringField("answer", UPDATED);
      names("added", updated.added(), json);
      names("replaced", updated.replaced(), json);
      names("untouched", updated.untouched(), json);
      names("dropped", updated.dropped(), json);
      names("gone", updated.gone(), json);
      names("retried", updated.retried(), json);
      names("unblocked", updated.unblocked(), json);
      if (updated.match().isPresent()) {
        json.writeStringField("match", updated.match().get());
      }
    } else if (answer instanceof Answer.Stopping stopping) {
      json.writeStringField("answer", STOPPING);
      json.writeNumberField("running", stopping.running());
      json.writeNumberField("waiting", stopping.waiting());
    } else if (answer instanceof Answer.Refused refused) {
      json.writeStringField("answer", REFUSED);
      json.writeArrayFieldStart("problems");
      for (Problem problem : refused.problems()) {
        json.writeStartObject();
        json.writeStringField("place", problem.place());
        if (problem.line() > 0) {
          json.writeNumberField("line", problem.line());
        }
        json.writeStringField("message", problem.message());
        json.writeEndObject();
      }
      json.writeEndArray();
    } else if (answer instanceof Answer.Over over) {
      json.writeStringField("answer", OVER);
      json.writeStringField("why", over.why());
    }
  }

  private static void names(String field, Answer.Names names, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(field);
    json.writeNumberField("count", names.count());
    json.writeArrayFieldStart("first");
    for (String name : names.first()) {
      json.writeString(name);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Reads what {@link #write(Answer)} wrote; passes over fields that it does not know. */
  static Answer read(byte[] bytes) throws IOException {
    Fields all = new Fields();
    try (JsonParser json = JSON.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(json, "not an answer");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        all.read(json);
      }
      if (json.currentToken() != JsonToken.END_OBJECT) {
        throw new JsonParseException(json, "not an answer");
      }
    }
    return all.answer();
  }

  /** What was read so far. */
  private static final class Fields {
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Answer.Names> names = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    void read(JsonParser json) throws IOException {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.START_OBJECT) {
        names.put(field, names(json));
      } else if (value == JsonToken.START_ARRAY && field.equals("problems")) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          problems.add(problem(json));
        }
      } else if (value == JsonToken.START_ARRAY) {
        json.skipChildren();
      } else {
        texts.put(field, json.getText());
      }
    }

    private static Answer.Names names(JsonParser json) throws IOException {
      int count = 0;
      List<String> first = new ArrayList<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        if (value == JsonToken.VALUE_NUMBER_INT && field.equals("count")) {
          count = json.getIntValue();
        } else if (value == JsonToken.START_ARRAY && field.equals("first")) {
          while (json.nextToken() == JsonToken.VALUE_STRING) {
            first.add(json.getText());
          }
        } else {
          json.skipChildren();
        }
      }
      return new Answer.Names(count, first);
    }

    private static Problem problem(JsonParser json) throws IOException {
      Map<String, String> fields = new HashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        json.skipChildren();
        fields.put(field, json.getText());
      }
      return new Problem(
          fields.getOrDefault("place", ""),
          Integer.parseInt(fields.getOrDefault("line", "0")),
          fields.getOrDefault("message", ""));
    }

    Answer answer() throws IOException {
      String kind = texts.getOrDefault("answer", "");
      try {
        return switch (kind) {
          case UPDATED ->
              new Answer.Updated(
                  folders("added"),
                  folders("replaced"),
                  folders("untouched"),
                  folders("dropped"),
                  folders("gone"),
                  folders("retried"),
                  folders("unblocked"),
                  Optional.ofNullable(texts.get("match")));
          case STOPPING -> new Answer.Stopping(number("running"), number("waiting"));
          case REFUSED -> new Answer.Refused(problems);
          case OVER -> new Answer.Over(texts.getOrDefault("why", ""));
          default -> throw new IOException("an answer of another version: '" + kind + "'");
        };
      } catch (NumberFormatException damaged) {
        throw new IOException("a damaged answer", damaged);
      }
    }

    private Answer.Names folders(String field) {
      return names.getOrDefault(field, new Answer.Names(0, List.of()));
    }

    private int number(String field) {
      return Integer.parseInt(texts.getOrDefault(field, "0"));
    }
  }
}
