package org.jobfold.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;
import org.jobfold.folder.Settings;

/** Folders that ask for more ranks than there are. */
final class TooWide {
  private TooWide() {}

  /** A problem for each number of ranks that is asked for in vain: it names the first folder. */
  static List<Problem> problems(JobTree tree, int ranks) {
    return problems(tree, ranks, "--ranks");
  }

  /** The same where another option says how many there are. */
  static List<Problem> problems(JobTree tree, int ranks, String option) {
    Map<Integer, List<JobFolder>> asking =
        tree.folders().stream()
            .filter(folder -> !folder.tagged() && asked(folder) > ranks)
            .collect(Collectors.groupingBy(TooWide::asked, TreeMap::new, Collectors.toList()));
    return asking.entrySet().stream()
        .map(entry -> problem(entry.getKey(), entry.getValue(), ranks, option))
        .toList();
  }

  /** The most ranks that a folder asks for, be it after a failure. */
  private static int asked(JobFolder folder) {
    Settings settings = folder.settings();
    return Math.max(settings.ranks().orElse(0), settings.retry().mostRanks().orElse(0));
  }

  private static Problem problem(int wanted, List<JobFolder> folders, int ranks, String option) {
    String more =
        folders.size() == 1 ? "" : " (and " + Words.count(folders.size() - 1, "more folder") + ")";
    return Problem.of(
        "folder '" + folders.get(0).name() + "'",
        "asks for "
            + Words.count(wanted, "rank")
            + ", there "
            + (ranks == 1 ? "is 1" : "are " + ranks)
            + ": lower 'ranks', or raise '"
            + option
            + "'"
            + more);
  }
}
