package org.jobfold.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;
import org.jobfold.folder.Settings;
import org.jobfold.spi.Backend;
import org.jobfold.walk.Misfit;

/** Folders that ask for more ranks or GPUs than there are. */
final class TooWide {
  private TooWide() {}

  /** A problem for each thing that is asked of a back end's ranks in vain. */
  static List<Problem> ofRanks(JobTree tree, Backend backend) {
    int ranks = backend.allocation().size();
    List<Problem> problems = new ArrayList<>(problems(tree, ranks, "--ranks"));
    problems.addAll(
        misfits(
            tree,
            backend,
            (folder, why) -> why.lack() == Misfit.Lack.RANKS && asked(folder) <= ranks,
            ": lower 'ranks' or 'threads', or ask for more"));
    return problems;
  }

  /** A problem for each number of GPUs that is asked of a back end in vain. */
  static List<Problem> ofGpus(JobTree tree, Backend backend) {
    return misfits(
        tree,
        backend,
        (folder, why) -> why.lack() == Misfit.Lack.GPUS,
        ": lower 'gpus', or name more by '--gpus'");
  }

  /** One for each reason: it names the first folder. */
  private static List<Problem> misfits(
      JobTree tree, Backend backend, BiPredicate<JobFolder, Misfit.Why> wanted, String advice) {
    Misfit misfit = Misfit.asked(backend.allocation(), backend.coresPerRank());
    Map<String, List<JobFolder>> wrong = new LinkedHashMap<>();
    for (JobFolder folder : tree.folders()) {
      if (!folder.tagged()) {
        misfit
            .of(folder)
            .filter(why -> wanted.test(folder, why))
            .ifPresent(
                why -> wrong.computeIfAbsent(why.text(), any -> new ArrayList<>()).add(folder));
      }
    }
    List<Problem> problems = new ArrayList<>();
    wrong.forEach(
        (why, folders) ->
            problems.add(Problem.of(folders.get(0).name(), why + advice + more(folders))));
    return problems;
  }

  private static String more(List<JobFolder> folders) {
    return folders.size() == 1
        ? ""
        : " (and " + Words.count(folders.size() - 1, "more folder") + ")";
  }

  /** A problem for each number of ranks that is asked for in vain, which an option has set. */
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
    return Problem.of(
        folders.get(0).name(),
        "asks for "
            + Words.count(wanted, "rank")
            + ", there "
            + (ranks == 1 ? "is 1" : "are " + ranks)
            + ": lower 'ranks', or raise '"
            + option
            + "'"
            + more(folders));
  }
}
