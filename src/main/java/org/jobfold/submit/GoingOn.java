package org.jobfold.submit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jobfold.disk.FlatJson;

/**
 * Whether it is worth while to start a run again that has left folders: kept beside its journal
 * from one batch job to the next.
 *
 * @param finished how many folders had come to their end when it was asked last
 * @param fruitless how many runs in a row have brought none to its end
 * @param stopped why the run was stopped by people, or by its own rules; empty if it was not
 */
public record GoingOn(int finished, int fruitless, String stopped) {
  /** Its file in the state directory. */
  public static final String FILE = "going-on.json";

  /** Before the first run. */
  public static final GoingOn BEGIN = new GoingOn(0, 0, "");

  /** After a run that has ended with so many folders finished in all. */
  public GoingOn after(int finishedNow) {
    return new GoingOn(finishedNow, finishedNow > finished ? 0 : fruitless + 1, stopped);
  }

  /** The same for a submission that goes on: it has brought nothing yet, and nobody stopped it. */
  public GoingOn renewed() {
    return new GoingOn(finished, 0, "");
  }

  /** The same, stopped; or not, if the reason is empty. */
  public GoingOn stopped(String why) {
    return new GoingOn(finished, fruitless, why);
  }

  /** What is kept in a state directory; the begin, if nothing is, or it can not be read. */
  public static GoingOn read(Path state) {
    try {
      FlatJson fields = FlatJson.read(Files.readAllBytes(state.resolve(FILE)));
      return new GoingOn(
          Integer.parseInt(fields.field("finished")),
          Integer.parseInt(fields.field("fruitless")),
          fields.field("stopped"));
    } catch (IOException | NumberFormatException e) {
      return BEGIN;
    }
  }

  /** Keeps it. */
  public void write(Path state) {
    Path file = state.resolve(FILE);
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
        json.writeStartObject();
        json.writeNumberField("jobfold-going-on", 1);
        json.writeNumberField("finished", finished);
        json.writeNumberField("fruitless", fruitless);
        json.writeStringField("stopped", stopped);
        json.writeEndObject();
      }
      Path draft = state.resolve(FILE + ".tmp");
      Files.write(draft, bytes.toByteArray());
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "'" + file + "' can not be written (" + e.getMessage() + ")", e);
    }
  }
}
