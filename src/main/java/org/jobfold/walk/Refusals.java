package org.jobfold.walk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jobfold.comm.MpiSizeException;
import org.jobfold.comm.Placement;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;

/** What no run could ever give a folder: said before anything starts, for all folders at once. */
public final class Refusals {
  private Refusals() {}

  /**
   * Folders that want tokens of queues that do not exist, or more than a queue has. The same
   * problem of several folders is told once, of the first of them.
   *
   * @param queues how many tokens each queue has
   */
  public static List<Problem> ofTokens(Collection<JobFolder> folders, Map<String, Integer> queues) {
    Map<String, SortedSet<FolderName>> wrong = new TreeMap<>();
    for (JobFolder folder : folders) {
      if (!folder.tagged() && !folder.settings().tokens().isEmpty()) {
        folder
            .settings()
            .tokens()
            .forEach(
                (queue, tokens) ->
                    without(queue, tokens, queues)
                        .ifPresent(
                            why ->
                                wrong
                                    .computeIfAbsent(why, any -> new TreeSet<>())
                                    .add(folder.name())));
      }
    }
    return wrong.entrySet().stream()
        .map(e -> Problem.of(e.getValue().first().path(), e.getKey() + more(e.getValue().size())))
        .sorted()
        .toList();
  }

  private static String more(int folders) {
    return folders == 1
        ? ""
        : " (and " + (folders - 1) + " more folder" + (folders == 2 ? "" : "s") + ")";
  }

  /** Why there are not so many tokens, if there are not. */
  private static Optional<String> without(String queue, int tokens, Map<String, Integer> queues) {
    Integer there = queues.get(queue);
    if (there == null) {
      return Optional.of(
          "there is no queue '"
              + queue
              + "'"
              + (queues.isEmpty()
                  ? ""
                  : ", but '" + String.join("', '", new TreeMap<>(queues).keySet()) + "'")
              + ": say how many tokens it has with '--queue "
              + queue
              + "=N', or under 'queues' in 'jobfold.yaml'");
    }
    return tokens <= there
        ? Optional.empty()
        : Optional.of(
            "it holds "
                + tokens
                + " tokens of queue '"
                + queue
                + "', which has "
                + there
                + ": lower 'tokens', or give the queue more with '--queue'");
  }

  /** Why a folder could never start, if it could not. */
  static Optional<String> never(
      JobFolder folder, Map<String, Integer> queues, Sharing sharing, OwnHosts hosts) {
    for (Map.Entry<String, Integer> wanted : folder.settings().tokens().entrySet()) {
      Optional<String> why = without(wanted.getKey(), wanted.getValue(), queues);
      if (why.isPresent()) {
        return why;
      }
    }
    Need need = Need.of(folder, sharing);
    boolean fits = need.claim().isPlain() && need.ranks() <= hosts.sizeAtFirst();
    return fits
        ? Optional.empty()
        : misfit(sharing, hosts.atFirst())
            .flatMap(misfit -> misfit.of(folder))
            .map(why -> "it " + why);
  }

  /** Refuses folders that want tokens of queues that do not exist, or more than a queue has. */
  static void refuseTokens(Collection<JobFolder> folders, Map<String, Integer> queues) {
    List<Problem> problems = ofTokens(folders, queues);
    if (!problems.isEmpty()) {
      throw new RefusedException(problems);
    }
  }

  /** Refuses folders that ask for more ranks, threads or GPUs than there are, all by name. */
  static void refuseTooWide(Collection<JobFolder> folders, Sharing sharing, Placement all) {
    misfit(sharing, all).ifPresent(misfit -> refuse(folders, misfit));
  }

  private static Optional<Misfit> misfit(Sharing sharing, Placement all) {
    return sharing instanceof Sharing.PerFolder each
        ? Optional.of(new Misfit(each, all))
        : Optional.empty();
  }

  private static void refuse(Collection<JobFolder> folders, Misfit misfit) {
    List<String> tooWide = new ArrayList<>();
    folders.stream()
        .filter(f -> !f.tagged())
        .sorted(Comparator.comparing(JobFolder::name))
        .forEach(
            f -> misfit.of(f).ifPresent(why -> tooWide.add("folder '" + f.name() + "' " + why)));
    if (!tooWide.isEmpty()) {
      boolean ranksOnly =
          folders.stream()
              .allMatch(f -> f.settings().threads().isEmpty() && f.settings().gpus() == 0);
      throw new MpiSizeException(
          String.join("\n", tooWide)
              + (ranksOnly
                  ? ": lower 'ranks' or ask for more"
                  : ": lower 'ranks', 'threads' or 'gpus', or ask for more"));
    }
  }
}
