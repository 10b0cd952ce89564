package org.jobfold.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.ParamVariable;
import org.jobfold.folder.Problem;

/** Params of a folder that programs would find in one and the same variable. */
final class ParamClashes {
  private ParamClashes() {}

  /** A problem for each untagged folder that has some. */
  static List<Problem> problems(JobTree tree) {
    List<Problem> problems = new ArrayList<>();
    Set<Set<String>> apart = new HashSet<>();
    for (JobFolder folder : tree.folders()) {
      Set<String> names = folder.settings().params().keySet();
      if (folder.tagged() || names.size() < 2 || apart.contains(names)) {
        continue;
      }
      Optional<String> clash = ParamVariable.clash(names);
      if (clash.isPresent()) {
        problems.add(Problem.of("folder '" + folder.name() + "'", clash.get()));
      } else {
        apart.add(Set.copyOf(names));
      }
    }
    return problems;
  }
}
