package org.jobfold.walk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jobfold.comm.MpiSizeException;
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
      JobFolder folder, Map<String, Integer> queues, Sharing sharing, int width) {
    for (Map.Entry<String, Integer> wanted : folder.settings().tokens().entrySet()) {
      Optional<String> why = without(wanted.getKey(), wanted.getValue(), queues);
      if (why.isPresent()) {
        return why;
      }
    }
    int ranks = Need.of(folder, sharing).ranks();
    return ranks > width
        ? Optional.of("it asks for " + ranks + " ranks, the allocation has " + width)
        : Optional.empty();
  }

  /** Refuses folders that want tokens of queues that do not exist, or more than a queue has. */
  static void refuseTokens(Collection<JobFolder> folders, Map<String, Integer> queues) {
    List<Problem> problems = ofTokens(folders, queues);
    if (!problems.isEmpty()) {
      throw new RefusedException(problems);
    }
  }

  /** Refuses folders that ask for more ranks than there are, all of them by name. */
  static void refuseTooWide(Collection<JobFolder> folders, Sharing sharing, int width) {
    if (!(sharing instanceof Sharing.PerFolder each)) {
      return;
    }
    List<String> tooWide = new ArrayList<>();
    folders.stream()
        .filter(f -> !f.tagged())
        .sorted(Comparator.comparing(JobFolder::name))
        .forEach(f -> add(tooWide, f, each, width));
    if (!tooWide.isEmpty()) {
      throw new MpiSizeException(String.join("\n", tooWide) + ": lower 'ranks' or ask for more");
    }
  }

  private static void add(
      List<String> tooWide, JobFolder folder, Sharing.PerFolder each, int width) {
    int asked = each.ranks().applyAsInt(folder);
    int later = asked;
    OptionalInt most = folder.settings().retry().mostRanks();
    if (most.isPresent()) {
      JobFolder wide = folder.with(folder.settings().withRanks(most.getAsInt()));
      later = each.ranks().applyAsInt(wide);
    }
    if (Math.max(asked, later) > width) {
      tooWide.add(
          "folder '"
              + folder.name()
              + "' asks for "
              + (asked > width ? asked + " ranks" : later + " ranks after a failure ('retry')")
              + ", the allocation has "
              + width);
    }
  }
}
