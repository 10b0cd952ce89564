package org.jobfold.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jobfold.folder.Problem;

/** Shows all that was found wrong: to people, what is wrong in several places is said once. */
final class Problems {
  private static final int NAMED = 5;
  private static final Pattern FOLDER = Pattern.compile("folder '(.*)'", Pattern.DOTALL);

  private Problems() {}

  /** A line for each message, with the places of those that have the same. */
  static void list(List<Problem> problems, PrintWriter err) {
    lines(problems).forEach(err::println);
    err.flush();
  }

  /** {@code a/job.yaml:1: what is wrong (and 2 more: b/job.yaml:1, c/job.yaml:1)}. */
  static List<String> lines(List<Problem> problems) {
    Map<String, List<Problem>> alike =
        problems.stream()
            .distinct()
            .collect(
                Collectors.groupingBy(Problem::message, LinkedHashMap::new, Collectors.toList()));
    return alike.values().stream().map(Problems::line).toList();
  }

  private static String line(List<Problem> alike) {
    String first = alike.get(0).text();
    List<String> others = alike.stream().skip(1).map(Problems::place).toList();
    if (others.isEmpty()) {
      return Words.line(first);
    }
    boolean areFolders = alike.stream().allMatch(each -> FOLDER.matcher(each.place()).matches());
    String more = areFolders ? Words.count(others.size(), "more folder") : others.size() + " more";
    return Words.line(
        first
            + " (and "
            + more
            + ": "
            + others.stream().limit(NAMED).collect(Collectors.joining(", "))
            + (others.size() > NAMED ? ", ..." : "")
            + ")");
  }

  private static String place(Problem problem) {
    Matcher folder = FOLDER.matcher(problem.place());
    return folder.matches()
        ? folder.group(1)
        : problem.place() + (problem.line() > 0 ? ":" + problem.line() : "");
  }

  /** The field {@code problems}. */
  static void write(List<Problem> problems, JsonGenerator out) throws IOException {
    write("problems", problems, out);
  }

  /** A field with each of them. */
  static void write(String field, List<Problem> problems, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart(field);
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

  /** All of them, and what follows from them: nothing is done. */
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
