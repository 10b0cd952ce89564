package org.jobfold.cli;

import java.io.PrintWriter;
import java.util.List;
import org.jobfold.folder.Problem;

/** Shows all that was found wrong. */
final class Problems {
  private Problems() {}

  static void print(List<Problem> problems, PrintWriter err) {
    problems.forEach(problem -> err.println(Words.line(problem.text())));
    if (problems.size() > 1) {
      err.println("jobfold: " + Words.count(problems.size(), "problem") + ", nothing was started");
    }
    err.flush();
  }
}
