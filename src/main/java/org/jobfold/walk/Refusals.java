package org.jobfold.walk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jobfold.comm.MpiSizeException;
import org.jobfold.comm.Placement;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;

/** What no run could ever give a folder: said before anything starts, for all folders at once. */
public final class Refusals {
  private Refusals() {}

  /**
   * Folders that want tokens of queues that do not exist, or more than a queue has, where they say
   * so. The same problem of several folders is told once, of the first of them.
   *
   * @param queues how many tokens each queue has
   */
  public static List<Problem> ofTokens(Collection<JobFolder> folders, Map<String, Integer> queues) {
    Map<TokenLack, List<JobFolder>> lacking = new LinkedHashMap<>();
    for (JobFolder folder : folders) {
      if (!folder.tagged() && !folder.settings().tokens().isEmpty()) {
        TokenLack.of(folder, queues)
            .forEach(
                lack ->
                    lacking.computeIfAbsent(lack.cause(), any -> new ArrayList<>()).add(folder));
      }
    }
    List<Problem> problems = new ArrayList<>();
    lacking.forEach((lack, those) -> problems.add(problem(lack, those, queues)));
    problems.sort(null);
    return problems;
  }

  private static Problem problem(
      TokenLack lack, List<JobFolder> folders, Map<String, Integer> queues) {
    JobFolder first = Collections.min(folders, Comparator.comparing(JobFolder::name));
    String name = "folder '" + first.name() + "'";
    return lack.origin(first).problem(name, lack.text(name, queues) + more(folders.size()));
  }

  private static String more(int folders) {
    return folders == 1
        ? ""
        : " (and " + (folders - 1) + " more folder" + (folders == 2 ? "" : "s") + ")";
  }

  /** Why a folder could never start, if it could not. */
  static Optional<String> never(
      JobFolder folder, Map<String, Integer> queues, Sharing sharing, OwnHosts hosts) {
    List<TokenLack> lacks = TokenLack.of(folder, queues);
    if (!lacks.isEmpty()) {
      return Optional.of(lacks.get(0).text("it", queues));
    }
    Need need = Need.of(folder, sharing);
    boolean fits = need.claim().isPlain() && need.ranks() <= hosts.sizeAtFirst();
    return fits
        ? Optional.empty()
        : misfit(sharing, hosts.atFirst())
            .flatMap(misfit -> misfit.of(folder))
            .map(why -> "it " + why.text());
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
            f ->
                misfit
                    .of(f)
                    .ifPresent(why -> tooWide.add("folder '" + f.name() + "' " + why.text())));
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
