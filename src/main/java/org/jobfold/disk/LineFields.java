package org.jobfold.disk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one line of a journal, by name; asked for with their types. */
final class LineFields {
  private static final JsonFactory JSON = new JsonFactory();
  private static final double MICROSECONDS = 1e6;

  private final Map<String, Object> fields = new HashMap<>();
  private final Times times = new Times();

  /** Reads a line, without its end. What was read before is forgotten. */
  void read(byte[] bytes, int begin, int end) throws BadLine {
    fields.clear();
    try (JsonParser json = JSON.createParser(bytes, begin, end - begin)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new BadLine("it is not a JSON object");
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        @Nullable Object value = value(json);
        if (value != null) {
          fields.put(name, value);
        }
      }
      if (json.nextToken() != null) {
        throw new BadLine("there is something after the JSON object");
      }
    } catch (IOException e) {
      throw new BadLine("it is not JSON in UTF-8");
    }
  }

  /**
   * Numbers, texts, truth values, lists of texts, and objects of lists of whole numbers; nothing
   * else is of use.
   */
  private static @Nullable Object value(JsonParser json) throws IOException {
    JsonToken token = json.nextToken();
    if (token == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      return json.getDoubleValue();
    }
    if (token == JsonToken.VALUE_NUMBER_INT
        && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return json.getLongValue();
    }
    if (token.isBoolean()) {
      return json.getBooleanValue();
    }
    if (token == JsonToken.START_OBJECT) {
      return lists(json);
    }
    if (token == JsonToken.START_ARRAY) {
      return texts(json);
    }
    json.skipChildren();
    return null;
  }

  private static List<String> texts(JsonParser json) throws IOException {
    List<String> texts = new ArrayList<>();
    for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
      if (t == JsonToken.VALUE_STRING) {
        texts.add(json.getText());
      } else {
        json.skipChildren();
      }
    }
    return texts;
  }

  private static Map<String, List<Integer>> lists(JsonParser json) throws IOException {
    Map<String, List<Integer>> lists = new LinkedHashMap<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      List<Integer> list = new ArrayList<>();
      if (json.nextToken() == JsonToken.START_ARRAY) {
        for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
          if (t == JsonToken.VALUE_NUMBER_INT) {
            list.add(json.getIntValue());
          } else {
            json.skipChildren();
          }
        }
        lists.put(name, list);
      } else {
        json.skipChildren();
      }
    }
    return lists;
  }

  String text(String name) throws BadLine {
    return require(name, "text", String.class);
  }

  /** A whole number from {@code least} on. */
  long whole(String name, long least) throws BadLine {
    long value = require(name, "a whole number", Long.class);
    if (value < least) {
      throw new BadLine("'" + name + "' is " + value + ", which is less than " + least);
    }
    return value;
  }

  /** A whole number from {@code least} on that fits 32 bits. */
  int integer(String name, int least) throws BadLine {
    long value = whole(name, least);
    if (value > Integer.MAX_VALUE) {
      throw new BadLine("'" + name + "' is " + value + ", which is too much");
    }
    return (int) value;
  }

  /** The same, 0 where it is left out. */
  int integerOrZero(String name) throws BadLine {
    return fields.containsKey(name) ? integer(name, 0) : 0;
  }

  /** Whether a field is there. */
  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** Whether a field is there and true. */
  boolean holds(String name) {
    return Boolean.TRUE.equals(fields.get(name));
  }

  Duration duration(String name) throws BadLine {
    double seconds = require(name, "a number", Number.class).doubleValue();
    if (!(Math.abs(seconds) < 1e12)) {
      throw new BadLine("'" + name + "' is " + seconds + " seconds, which is too much");
    }
    return Duration.of(Math.round(seconds * MICROSECONDS), ChronoUnit.MICROS);
  }

  Instant instant(String name) throws BadLine {
    String text = text(name);
    try {
      return times.parse(text);
    } catch (DateTimeException e) {
      throw new BadLine("'" + name + "' is '" + text + "', which is no time");
    }
  }

  /** A list of texts, in their order. */
  @SuppressWarnings("unchecked")
  List<String> texts(String name) throws BadLine {
    return (List<String>) require(name, "a list", List.class);
  }

  /** An object with a list of whole numbers in each field, in their order. */
  @SuppressWarnings("unchecked")
  Map<String, List<Integer>> lists(String name) throws BadLine {
    return (Map<String, List<Integer>>) require(name, "an object", Map.class);
  }

  private <T> T require(String name, String what, Class<T> type) throws BadLine {
    @Nullable Object value = fields.get(name);
    if (!type.isInstance(value)) {
      throw new BadLine(
          value == null ? "it has no '" + name + "' of use" : "'" + name + "' is not " + what);
    }
    return type.cast(value);
  }
}
