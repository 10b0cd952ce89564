package org.jobfold.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** Values of settings and their origins, for people and for machines. */
final class SettingsText {
  private SettingsText() {}

  /** Rows of a table: name, value, origin. */
  static List<String[]> rows(List<Said> values) {
    return values.stream().map(each -> row(each.key(), each.text(), each.origin())).toList();
  }

  /** One row. */
  static String[] row(String name, String value, Origin origin) {
    return new String[] {Words.line(name), Words.line(value), Words.line(origin.text())};
  }

  /** The field {@code settings}. */
  static void write(List<Said> values, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("settings");
    for (Said each : values) {
      out.writeStartObject();
      out.writeStringField("name", each.key());
      if (!each.text().isEmpty() || each.origin().kind() != Origin.Kind.DEFAULT) {
        out.writeStringField("value", each.text());
      }
      write(each.origin(), out);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** The fields of an origin. */
  static void write(Origin origin, JsonGenerator out) throws IOException {
    out.writeStringField("origin", origin.kind().word());
    if (!origin.place().isEmpty()) {
      out.writeStringField("place", origin.place());
    }
    if (origin.line() > 0) {
      out.writeNumberField("line", origin.line());
    }
  }
}
