package org.jobfold.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jobfold.folder.Problem;

/** Shows all that was found wrong. */
final class Problems {
  private Problems() {}

  /** A line for each. */
  static void list(List<Problem> problems, PrintWriter err) {
    problems.forEach(problem -> err.println(Words.line(problem.text())));
    err.flush();
  }

  /** The field {@code problems}. */
  static void write(List<Problem> problems, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("problems");
    for (Problem problem : problems) {
      out.writeStartObject();
      out.writeStringField("place", problem.place());
      if (problem.line() > 0) {
        out.writeNumberField("line", problem.line());
      }
      out.writeStringField("message", problem.message());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** A line for each, and what follows from them: nothing is done. */
  static void refuse(List<Problem> problems, PrintWriter err) {
    list(problems, err);
    if (problems.size() > 1) {
      err.println(
          "jobfold: "
              + Words.count(problems.size(), "problem")
              + ": nothing was started or changed");
    }
    err.flush();
  }
}
