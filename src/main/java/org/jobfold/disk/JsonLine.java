package org.jobfold.disk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes one JSON object in a line, in UTF-8. */
final class JsonLine {
  private static final JsonFactory JSON =
      JsonFactory.builder().build().configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false);
  private static final int UTF_8 = 0;
  private static final int ASCII = 127;

  private JsonLine() {}

  /** What is in the object. */
  interface Fields {
    /** Writes them all. May be asked twice. */
    void write(JsonGenerator json) throws IOException;
  }

  /**
   * Writes it, with no end of line. If there is half of a surrogate pair in a text, which has no
   * form in UTF-8, all of it is written in ASCII.
   */
  static void write(LineBuffer out, Fields fields) {
    int begin = out.size();
    try {
      try {
        write(out, fields, UTF_8);
      } catch (JsonGenerationException halfASurrogatePair) {
        out.cut(begin);
        write(out, fields, ASCII);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(LineBuffer out, Fields fields, int highest) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out).setHighestNonEscapedChar(highest)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    }
  }
}
