package org.jobfold.cli;

import java.util.ArrayList;
import java.util.List;
import org.jobfold.disk.Scan;
import org.jobfold.folder.Problem;
import org.jobfold.spi.Backend;

/** What keeps a tree from being run, or an update of it from being taken up. */
final class RunProblems {
  private RunProblems() {}

  /** All of it: what the scan found, and what the back end can not do. */
  static List<Problem> of(Scan scan, Backend backend) {
    List<Problem> problems = new ArrayList<>(scan.problems());
    problems.addAll(backend.problems(scan.tree()));
    problems.addAll(TooWide.problems(scan.tree(), backend.allocation().size()));
    return problems;
  }
}
