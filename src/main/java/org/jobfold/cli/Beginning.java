package org.jobfold.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.Durations;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Phase;
import org.jobfold.spi.Backend;
import org.jobfold.trial.SignalNames;
import org.jobfold.trial.Tally;
import org.jobfold.walk.Deadline;

/** What a run says when it begins. */
final class Beginning {
  private static final int SHOWN = 4;

  private Beginning() {}

  /** {@code 9 folders on 2 ranks of node7, up to 2 at a time}. */
  static String text(JobTree tree, Placement ranks, int nbpools) {
    int tagged = tagged(tree);
    int toRun = tree.size() - tagged;
    if (tree.size() == 0) {
      return "no folder yet; " + Words.count(ranks.size(), "rank") + " of " + hosts(ranks.hosts());
    }
    if (toRun == 0) {
      return "nothing to run: "
          + (tagged == 1 ? "the only folder is tagged" : "all " + tagged + " folders are tagged");
    }
    return Words.count(toRun, "folder")
        + " on "
        + Words.count(ranks.size(), "rank")
        + " of "
        + hosts(ranks.hosts())
        + ", up to "
        + nbpools
        + " at a time"
        + part(tree, folder -> !folder.depends().isEmpty(), " for others")
        + part(tree, folder -> folder.phase() == Phase.FINALLY, " for the end")
        + (tagged == 0 ? "" : "; " + tagged + " tagged");
  }

  /** The same of a run for which some hosts did not come up: {@code …; far did not come up}. */
  static String text(JobTree tree, Backend backend, RunArguments how) {
    Placement present = backend.present();
    List<Host> missing = new ArrayList<>(backend.allocation().hosts());
    missing.removeAll(present.hosts());
    return text(tree, present, how.pools(present.size()))
        + (missing.isEmpty() ? "" : "; " + hosts(missing) + " did not come up");
  }

  /** {@code the allocation ends at …: what runs is ended 30s before}. */
  static String text(Deadline end) {
    return end.reason()
        + ": what still runs is ended "
        + Durations.text(end.margin())
        + " before"
        + end.warning()
            .map(
                warning ->
                    ", and gets signal "
                        + SignalNames.text(warning.signal())
                        + " "
                        + Durations.text(warning.before())
                        + " before")
            .orElse("");
  }

  /**
   * What was done before this run began: {@code 5 folders done before, 1 of them failed
   * ('--retry-failed' tries it again), 3 left}; empty where nothing was.
   */
  static Optional<String> before(Tally tally) {
    int blocked = tally.blocked();
    int done = tally.done() - blocked;
    return done == 0
        ? Optional.empty()
        : Optional.of(
            Words.count(done, "folder")
                + " done before"
                + failed(tally.failed(), done)
                + (blocked == 0 ? "" : ", " + blocked + " blocked")
                + ", "
                + tally.left()
                + " left");
  }

  private static String failed(int failed, int done) {
    if (failed == 0) {
      return "";
    }
    String which = failed < done ? failed + " of them" : done == 1 ? "which" : "all of which";
    return ", "
        + which
        + " failed ('--retry-failed' tries "
        + (failed == 1 ? "it" : "them")
        + " again)";
  }

  /** {@code ; 3 wait for others}: nothing where none does. */
  private static String part(JobTree tree, Predicate<JobFolder> waits, String whom) {
    long count =
        tree.folders().stream().filter(folder -> !folder.tagged() && waits.test(folder)).count();
    return count == 0 ? "" : "; " + count + (count == 1 ? " waits" : " wait") + whom;
  }

  /** How many folders are switched off. */
  static int tagged(JobTree tree) {
    return (int) tree.folders().stream().filter(folder -> folder.tagged()).count();
  }

  private static String hosts(List<Host> hosts) {
    if (hosts.size() == 1) {
      return hosts.get(0).name();
    }
    List<String> names = hosts.stream().limit(SHOWN).map(Host::name).toList();
    int more = hosts.size() - names.size();
    return more == 0
        ? String.join(", ", names.subList(0, names.size() - 1))
            + " and "
            + names.get(names.size() - 1)
        : String.join(", ", names) + " and " + more + " more hosts";
  }
}
