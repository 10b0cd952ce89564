package org.jobfold.walk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jobfold.comm.Host;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Cause;

/**
 * Tells hosts on which any folder fails from folders that fail on any host.
 *
 * <p>A host is <em>doubted</em> when {@link #FAILURES} different folders in a row have failed on
 * it. What ends elsewhere decides: if one of them succeeds there, or {@link #OTHERS} others do, it
 * is the host; if as many fail there, or all of them do, it is the folders. Until then, and while a
 * host is at fault, nothing is started on it but one folder at a time after a pause that grows: a
 * host on which everything fails at once would eat all folders while the others work. A success
 * there takes it back.
 *
 * <p>Never judges the last host that is trusted. Knows no ranks, and does nothing.
 */
final class HostHealth {
  /** So many different folders in a row. */
  static final int FAILURES = 3;

  /** So many different other folders. */
  static final int OTHERS = 3;

  /** Before a host that is only doubted has its first try. */
  static final Duration DOUBT = Duration.ofSeconds(10);

  /** Before one that is at fault has. */
  static final Duration FAULT = Duration.ofMinutes(5);

  private static final Duration LONGEST = Duration.ofHours(4);

  /** What a host is taken for. */
  enum Standing {
    /** Folders are started on it. */
    TRUSTED,
    /** It may be at fault. */
    DOUBTED,
    /** It is at fault. */
    AT_FAULT
  }

  /**
   * A failure that may be the host's.
   *
   * @param trial which trial of the folder
   * @param cause why it failed
   */
  record Fault(int trial, Cause cause) {}

  /**
   * A host is taken for something else than before, or once more for the same.
   *
   * @param host which
   * @param standing what it is taken for now
   * @param pause how long nothing is started on it
   * @param faults the failures that are settled by that: the host's if it is at fault, else the
   *     folders' own
   */
  record News(Host host, Standing standing, Duration pause, Map<FolderName, List<Fault>> faults) {}

  private static final class Score {
    private Standing standing = Standing.TRUSTED;
    private Duration pause = Duration.ZERO;
    private boolean tried;

    /** The folders that have failed there since the last success there. */
    private final Map<FolderName, List<Fault>> failed = new LinkedHashMap<>();

    private final Set<FolderName> failedElsewhere = new HashSet<>();
    private final Set<FolderName> othersElsewhere = new HashSet<>();
    private boolean oneSucceededElsewhere;

    /** After a try that failed twice as long; what had been started before says nothing new. */
    void pauseLonger(Standing now, Duration first, Duration most) {
      if (standing != now || pause.isZero()) {
        pause = first;
      } else if (tried) {
        pause = pause.compareTo(most.dividedBy(2)) < 0 ? pause.multipliedBy(2) : most;
      }
      standing = now;
      tried = false;
    }

    void clear() {
      failed.clear();
      failedElsewhere.clear();
      othersElsewhere.clear();
      oneSucceededElsewhere = false;
    }

    Map<FolderName, List<Fault>> take() {
      Map<FolderName, List<Fault>> taken = new TreeMap<>(failed);
      clear();
      return taken;
    }

    boolean isAtFault() {
      return failed.size() >= FAILURES
          && (oneSucceededElsewhere || othersElsewhere.size() >= OTHERS);
    }

    /** Elsewhere it is no better. */
    boolean isLikeOthers() {
      return !failed.isEmpty()
          && !oneSucceededElsewhere
          && (failedElsewhere.containsAll(failed.keySet())
              || (failedElsewhere.size() >= OTHERS && othersElsewhere.size() < OTHERS));
    }
  }

  private final Map<Host, Score> hosts = new LinkedHashMap<>();

  /** What led to it that a host is at fault, as long as it may turn out to be the folders'. */
  private final Map<Host, Set<FolderName>> accusers = new HashMap<>();

  /** What a host is taken for. */
  Standing of(Host host) {
    Score score = hosts.get(host);
    return score == null ? Standing.TRUSTED : score.standing;
  }

  /** A folder has succeeded on these hosts: gives what follows. */
  List<News> succeeded(List<Host> on, FolderName folder, int allHosts) {
    List<News> news = new ArrayList<>();
    for (Map.Entry<Host, Score> entry : hosts.entrySet()) {
      Score score = entry.getValue();
      if (on.contains(entry.getKey())) {
        trust(entry.getKey()).ifPresent(news::add);
        score.pause = Duration.ZERO;
      } else if (score.failed.containsKey(folder)) {
        score.oneSucceededElsewhere = true;
      } else if (!score.failed.isEmpty()) {
        score.othersElsewhere.add(folder);
      }
      Set<FolderName> accusing = accusers.get(entry.getKey());
      if (accusing != null && accusing.contains(folder)) {
        accusers.remove(entry.getKey());
      }
    }
    judge(news, allHosts);
    return news;
  }

  /** A folder has failed on a host, by a cause that may be the host's: gives what follows. */
  List<News> failed(Host on, FolderName folder, Fault fault, int allHosts) {
    List<News> news = new ArrayList<>();
    hosts.forEach(
        (host, score) -> {
          if (!host.equals(on)) {
            if (!score.failed.isEmpty()) {
              score.failedElsewhere.add(folder);
            }
            refute(host, folder).ifPresent(news::add);
          }
        });
    if (mayBeAtFault(on, allHosts)) {
      Score here = hosts.computeIfAbsent(on, host -> new Score());
      here.failed.computeIfAbsent(folder, any -> new ArrayList<>()).add(fault);
      if (here.standing == Standing.AT_FAULT) {
        news.add(atFault(on, here));
      } else if (here.standing == Standing.DOUBTED && here.tried) {
        news.add(doubt(on, here));
      }
    }
    judge(news, allHosts);
    return news;
  }

  /** Whether it could be a host's fault that a folder fails on it: another one is trusted. */
  boolean mayBeAtFault(Host host, int allHosts) {
    return distrusted(host) < allHosts - 1;
  }

  /** A folder is tried on a host that is not trusted. */
  void tried(Host host) {
    Score score = hosts.get(host);
    if (score != null) {
      score.tried = true;
    }
  }

  /** It is not known any more what a host is like. Gives the failures that were not settled. */
  Map<FolderName, List<Fault>> forget(Host host) {
    Score score = hosts.remove(host);
    accusers.remove(host);
    return score == null ? Map.of() : score.take();
  }

  /** All hosts are trusted: gives those that were not, and those with failures to settle. */
  List<News> trustAll() {
    List<News> news = new ArrayList<>();
    hosts.keySet().forEach(host -> trust(host).ifPresent(news::add));
    return news;
  }

  private Optional<News> trust(Host host) {
    Score score = hosts.get(host);
    if (score == null || (score.standing == Standing.TRUSTED && score.failed.isEmpty())) {
      return Optional.empty();
    }
    score.standing = Standing.TRUSTED;
    accusers.remove(host);
    return Optional.of(new News(host, Standing.TRUSTED, Duration.ZERO, score.take()));
  }

  /** When all that failed there has failed elsewhere too, it was not the host. */
  private Optional<News> refute(Host host, FolderName folder) {
    Set<FolderName> accusing = accusers.get(host);
    if (accusing == null || !accusing.remove(folder) || !accusing.isEmpty()) {
      return Optional.empty();
    }
    Score score = hosts.get(host);
    if (score != null) {
      score.pause = Duration.ZERO;
    }
    return trust(host);
  }

  private void judge(List<News> news, int allHosts) {
    hosts.forEach(
        (host, score) -> {
          if (score.standing == Standing.AT_FAULT || score.failed.isEmpty()) {
            return;
          }
          if (score.isLikeOthers()) {
            trust(host).ifPresent(news::add);
          } else if (score.isAtFault() && mayBeAtFault(host, allHosts)) {
            accusers.put(host, new HashSet<>(score.failed.keySet()));
            if (score.oneSucceededElsewhere) {
              accusers.remove(host);
            }
            news.add(atFault(host, score));
          } else if (score.standing == Standing.TRUSTED
              && score.failed.size() >= FAILURES
              && mayBeAtFault(host, allHosts)) {
            news.add(doubt(host, score));
          }
        });
  }

  /** How many other hosts are not trusted. */
  private long distrusted(Host but) {
    return hosts.entrySet().stream()
        .filter(e -> !e.getKey().equals(but) && e.getValue().standing != Standing.TRUSTED)
        .count();
  }

  private static News doubt(Host host, Score score) {
    score.pauseLonger(Standing.DOUBTED, DOUBT, FAULT);
    return new News(host, Standing.DOUBTED, score.pause, Map.of());
  }

  private static News atFault(Host host, Score score) {
    score.pauseLonger(Standing.AT_FAULT, FAULT, LONGEST);
    return new News(host, Standing.AT_FAULT, score.pause, score.take());
  }
}
