package org.jobfold.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jobfold.disk.Scan;
import org.jobfold.folder.Problem;
import org.jobfold.spi.Backend;
import org.jobfold.walk.Refusals;
import org.jobfold.walk.WalkRules;

/**
 * What keeps a tree from being run, or an update of it from being taken up.
 *
 * @param ofTree wherever it is run: what the scan found, and what there are no tokens for
 * @param ofRanks on these ranks: that there are too few, and what can not be started on them
 * @param ofGpus with these GPUs: that there are too few
 */
record RunProblems(List<Problem> ofTree, List<Problem> ofRanks, List<Problem> ofGpus) {
  /** Copies the lists. */
  RunProblems {
    ofTree = List.copyOf(ofTree);
    ofRanks = List.copyOf(ofRanks);
    ofGpus = List.copyOf(ofGpus);
  }

  /**
   * All of it.
   *
   * @param backend with which it is run; nothing is known of ranks where there is none
   * @param queues how many tokens each queue has
   * @param wide what becomes of folders that ask for more than there is
   */
  static RunProblems of(
      Scan scan, Optional<Backend> backend, Map<String, Integer> queues, WalkRules.Wide wide) {
    List<Problem> ofTree = new ArrayList<>(scan.problems());
    ofTree.addAll(ParamClashes.problems(scan.tree()));
    ofTree.addAll(Refusals.ofTokens(scan.tree().folders(), queues));
    List<Problem> ofRanks = new ArrayList<>();
    List<Problem> ofGpus = new ArrayList<>();
    if (backend.isPresent()) {
      ofRanks.addAll(backend.get().problems(scan.tree()));
      if (wide == WalkRules.Wide.REFUSED) {
        ofRanks.addAll(TooWide.ofRanks(scan.tree(), backend.get()));
        ofGpus.addAll(TooWide.ofGpus(scan.tree(), backend.get()));
      }
    }
    return new RunProblems(ofTree, ofRanks, ofGpus);
  }

  List<Problem> all() {
    return Stream.of(ofTree, ofRanks, ofGpus).flatMap(List::stream).toList();
  }
}
