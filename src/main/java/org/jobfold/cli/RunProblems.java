package org.jobfold.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jobfold.disk.Scan;
import org.jobfold.folder.Problem;
import org.jobfold.spi.Backend;
import org.jobfold.walk.Refusals;
import org.jobfold.walk.WalkRules;

/** What keeps a tree from being run, or an update of it from being taken up. */
final class RunProblems {
  private RunProblems() {}

  /**
   * All of it: what the scan found, what the back end can not do, and what there are no tokens for.
   *
   * @param queues how many tokens each queue has
   * @param wide what becomes of folders that ask for more than there is
   */
  static List<Problem> of(
      Scan scan, Backend backend, Map<String, Integer> queues, WalkRules.Wide wide) {
    List<Problem> problems = new ArrayList<>(scan.problems());
    problems.addAll(backend.problems(scan.tree()));
    if (wide == WalkRules.Wide.REFUSED) {
      problems.addAll(TooWide.problems(scan.tree(), backend));
    }
    problems.addAll(Refusals.ofTokens(scan.tree().folders(), queues));
    return problems;
  }
}
