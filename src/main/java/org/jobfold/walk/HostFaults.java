package org.jobfold.walk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.comm.Host;
import org.jobfold.folder.FolderName;
import org.jobfold.retry.History;
import org.jobfold.retry.RetryRule;
import org.jobfold.retry.RetryRule.Again;
import org.jobfold.spi.Withholding;
import org.jobfold.trial.Cause;

/**
 * Hosts on which any folder fails: keeps their ranks back, and pardons the folders that failed
 * there. Which hosts these are {@link HostHealth} says.
 */
final class HostFaults {
  private final HostHealth health = new HostHealth();

  /** Failures of folders that have other trials, and that were their hosts'. */
  private final Map<FolderName, List<Cause>> pardons = new HashMap<>();

  private final WalkRules rules;
  private final Halt halt;
  private final OwnRanks ranks;
  private final FinishedFolders finished;
  private final Undecided undecided;
  private final Course course;
  private final Conclusions conclusions;
  private final Queue<Action> decided;

  /**
   * Where all hosts are trusted.
   *
   * @param decided takes up what is to be done
   */
  HostFaults(
      WalkRules rules,
      Halt halt,
      OwnRanks ranks,
      FinishedFolders finished,
      Undecided undecided,
      Course course,
      Conclusions conclusions,
      Queue<Action> decided) {
    this.rules = rules;
    this.halt = halt;
    this.ranks = ranks;
    this.finished = finished;
    this.undecided = undecided;
    this.course = course;
    this.conclusions = conclusions;
    this.decided = decided;
  }

  // ---- what is seen of hosts

  /** A folder was started on a host that is not trusted. */
  void tried(Host host) {
    health.tried(host);
  }

  /** A trial has succeeded. */
  void succeeded(Trial trial, Duration now) {
    pardons.remove(trial.folder().name());
    if (areWatched()) {
      heed(
          health.succeeded(trial.placement().hosts(), trial.folder().name(), ranks.hosts().hosts()),
          now);
    }
  }

  /** A trial has failed. */
  void failed(Trial trial, Cause cause, Duration now) {
    if (mayTell(trial, cause)) {
      heed(
          health.failed(
              trial.placement().hosts().get(0),
              trial.folder().name(),
              new HostHealth.Fault(trial.number(), cause),
              ranks.hosts().hosts()),
          now);
    }
  }

  /**
   * Whether a failure may turn out to be the host's. A folder that was pardoned again and again is
   * at fault itself.
   */
  boolean mayBeOf(Trial trial, Cause cause, History history) {
    return mayTell(trial, cause)
        && history.lost() < RetryRule.LOST - 1
        && health.mayBeAtFault(trial.placement().hosts().get(0), ranks.hosts().hosts());
  }

  /** Whether a failure says something of its host. */
  private boolean mayTell(Trial trial, Cause cause) {
    return areWatched()
        && trial.placement().hosts().size() == 1
        && (cause instanceof Cause.ExitCode
            || cause instanceof Cause.Signal
            || cause instanceof Cause.LaunchError
            || cause instanceof Cause.SuccessCheck);
  }

  private boolean areWatched() {
    return rules.badHosts() == WalkRules.BadHosts.WITHHELD
        && ranks.hosts().hosts() > 1
        && !halt.isStopping();
  }

  /** What a folder's trials have come to, without failures that were its hosts'. Said once. */
  History history(Trial trial) {
    History history = trial.begun().history();
    List<Cause> pardoned = pardons.remove(trial.folder().name());
    if (pardoned != null) {
      for (Cause cause : pardoned) {
        history = rules.retry().pardoned(trial.folder(), history, cause);
      }
    }
    return history;
  }

  // ---- what follows

  private void heed(List<HostHealth.News> news, Duration now) {
    for (HostHealth.News each : news) {
      if (each.standing() == HostHealth.Standing.TRUSTED) {
        trust(each);
      } else {
        withhold(each, now);
      }
    }
  }

  private void trust(HostHealth.News news) {
    if (ranks.withheld().on(news.host()).isPresent()) {
      ranks.withheld().release(news.host());
      decided.add(new Action.GiveBack(news.host()));
    }
    news.faults().keySet().forEach(this::settleDoubtful);
  }

  private void withhold(HostHealth.News news, Duration now) {
    ranks.withheld().keep(news.host(), ranks.free(), now.plus(news.pause()));
    SortedMap<FolderName, List<Integer>> trials = new TreeMap<>();
    news.faults()
        .forEach(
            (name, faults) -> {
              if (!finished.contains(name)) {
                trials.put(name, faults.stream().map(HostHealth.Fault::trial).toList());
              }
            });
    decided.add(
        new Action.Withhold(
            new Withholding(
                news.host(),
                news.pause(),
                news.standing() == HostHealth.Standing.DOUBTED
                    ? Withholding.Verdict.DOUBTED
                    : Withholding.Verdict.AT_FAULT,
                trials)));
    news.faults().forEach((name, faults) -> pardon(name, faults, now));
  }

  /** It was the folder, and not its host. */
  private void settleDoubtful(FolderName folder) {
    undecided
        .takeDoubt(folder)
        .ifPresent(doubt -> conclusions.conclude(doubt.trial(), Optional.of(doubt.failure())));
  }

  /** It was the host: what failed there costs no trial. */
  private void pardon(FolderName folder, List<HostHealth.Fault> faults, Duration now) {
    List<Cause> causes = new ArrayList<>(faults.stream().map(HostHealth.Fault::cause).toList());
    Optional<Undecided.Doubt> doubted = undecided.takeDoubt(folder);
    if (doubted.isEmpty()) {
      if (!finished.contains(folder)) {
        pardons.computeIfAbsent(folder, any -> new ArrayList<>()).addAll(causes);
      }
      return;
    }
    course.openIfNotEnoughHaveFailed();
    Undecided.Doubt doubt = doubted.get();
    History history = doubt.history().andLost();
    causes.remove(causes.size() - 1);
    for (Cause cause : causes) {
      history = rules.retry().pardoned(doubt.trial().folder(), history, cause);
    }
    conclusions.tryAgain(doubt.trial(), new Again(Duration.ZERO, history), now);
  }

  /** The last ranks of a host are lost: it will not be known any more whether it was its fault. */
  void lost(Host host, Duration now) {
    ranks.withheld().release(host);
    health.forget(host).forEach((name, faults) -> pardon(name, faults, now));
  }

  /** Whether no folder has failed of which it is not known whether it was its host. */
  boolean nothingIsDoubtful() {
    return undecided.doubts() == 0;
  }

  /** All hosts are trusted, and what failed on them was not their fault. */
  void trustAll(Duration now) {
    heed(health.trustAll(), now);
    undecided.doubtful().forEach(this::settleDoubtful);
    ranks.withheld().release();
  }

  /** All hosts are trusted, and nothing follows from what failed on them. */
  void forget() {
    health.trustAll();
    pardons.clear();
  }
}
