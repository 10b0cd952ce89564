package org.jobfold.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jobfold.disk.Scan;
import org.jobfold.folder.Problem;
import org.jobfold.spi.Backend;
import org.jobfold.walk.Refusals;

/** What keeps a tree from being run, or an update of it from being taken up. */
final class RunProblems {
  private RunProblems() {}

  /**
   * All of it: what the scan found, what the back end can not do, and what there are no tokens for.
   *
   * @param queues how many tokens each queue has
   */
  static List<Problem> of(Scan scan, Backend backend, Map<String, Integer> queues) {
    List<Problem> problems = new ArrayList<>(scan.problems());
    problems.addAll(backend.problems(scan.tree()));
    problems.addAll(TooWide.problems(scan.tree(), backend));
    problems.addAll(Refusals.ofTokens(scan.tree().folders(), queues));
    return problems;
  }
}
