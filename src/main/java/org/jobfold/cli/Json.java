package org.jobfold.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** One JSON document on standard output. */
final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().build().configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false);

  private Json() {}

  /** Writes the content of a document. */
  @FunctionalInterface
  interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  /** Writes an object with the format's version as its first field. */
  static void document(PrintWriter out, Body body) {
    write(out, Optional.of(new DefaultPrettyPrinter()), body);
  }

  /** The same on one line: one of several documents. */
  static void line(PrintWriter out, Body body) {
    write(out, Optional.empty(), body);
  }

  private static void write(PrintWriter out, Optional<PrettyPrinter> printer, Body body) {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      printer.ifPresent(json::setPrettyPrinter);
      json.writeStartObject();
      json.writeNumberField("format", 1);
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println();
    out.flush();
  }

  /** A duration in seconds, exact to a microsecond. */
  static double seconds(Duration duration) {
    return Math.rint(duration.toNanos() / 1e3) / 1e6;
  }
}
