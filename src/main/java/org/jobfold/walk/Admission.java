package org.jobfold.walk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.Placement;

/**
 * Decides which folders start now, in one step for ranks, GPUs and tokens. Never more than {@code
 * nbpools} run at a time, never more of anything is given away than there is.
 *
 * <p>The ranks of a folder are on one host, if there is one that wide; those of one that is started
 * by the MPI launcher may be on several, as few as can be. A folder whose ranks are free, but not
 * on one host, waits like any other that can not start. All ranks of one process are on one host,
 * and its folder's GPUs on each host that it has ranks on.
 *
 * <p>A larger priority comes first. Among folders of equal priority that hold no tokens, those
 * start that fill the ranks best; one that asks for many can not starve: after it was overtaken
 * {@link #OVERTAKINGS} times as the first in line by folders that may delay it, nothing starts
 * before it. Where tokens are held, folders start in their order; one that can not have its tokens
 * holds up those that want tokens of the same queues. Before a folder that can not start, another
 * one of the same queue or of less priority starts only if it does not delay it.
 */
final class Admission {
  /** How many folders may start before the first in line that may delay it. */
  static final int OVERTAKINGS = 64;

  /** How many may in all: what is expected may be wrong, again and again. */
  static final int ALL_OVERTAKINGS = 1024;

  private final Sharing sharing;
  private final Tokens tokens;
  private final Function<Waiting, Optional<Duration>> expected;
  private Optional<Waiting> head = Optional.empty();
  private int overtaken;
  private int overtakenInAll;

  /**
   * Admission to ranks that are shared out in some way.
   *
   * @param tokens those that are free; taken from here
   * @param expected how long a folder is expected to take
   */
  Admission(Sharing sharing, Tokens tokens, Function<Waiting, Optional<Duration>> expected) {
    this.sharing = sharing;
    this.tokens = tokens;
    this.expected = expected;
  }

  /**
   * A folder that starts now.
   *
   * @param waiting the folder
   * @param need what it holds
   * @param ranks the communicator that it owns until its trial has ended
   */
  record Admitted(Waiting waiting, Need need, Communicator ranks) {}

  /** Gives back what a trial has held, but for its ranks. */
  void ended(Need need) {
    tokens.giveBack(need);
  }

  /**
   * Takes the folders that start now out of those that wait, and what they need out of what is
   * free.
   *
   * @param widestHost the most ranks that one host has, free or not
   * @param outlook what is to be expected of what runs; asked for only where it matters
   */
  List<Admitted> admit(
      Startable waiting,
      Communicator free,
      int running,
      int widestHost,
      Supplier<Outlook> outlook) {
    int pools = Math.min(sharing.nbpools() - running, free.size());
    if (pools <= 0 || waiting.isEmpty()) {
      return List.of();
    }
    Choice choice = new Choice(pools, free, widestHost, outlook);
    Level top = waiting.levels().iterator().next();
    standFirst(top.first(top.firstExcept(Set.of()).orElseThrow()));
    for (Level level : waiting.levels()) {
      choice.from(level);
    }
    waiting.tidy();
    return sharing instanceof Sharing.Equal
        ? equalShares(choice.chosen, free, widestHost)
        : choice.chosen;
  }

  /** Counts anew whenever another folder is the first in line. */
  private void standFirst(Waiting first) {
    if (head.isEmpty() || !head.get().isSame(first)) {
      head = Optional.of(first);
      overtaken = 0;
      overtakenInAll = 0;
    }
  }

  private boolean isOvertakenEnough() {
    return overtaken >= OVERTAKINGS || overtakenInAll >= ALL_OVERTAKINGS;
  }

  /** A share that fits a host is on one, unless all are started by the MPI launcher. */
  private static List<Admitted> equalShares(
      List<Admitted> chosen, Communicator free, int widestHost) {
    if (chosen.isEmpty()) {
      return List.of();
    }
    int each = (free.size() - 1) / chosen.size() + 1;
    boolean mayAllSpan = chosen.stream().allMatch(c -> c.waiting().folder().settings().mpi());
    List<Communicator> parts =
        each > widestHost || mayAllSpan
            ? free.split(chosen.size())
            : free.splitByHost(chosen.size());
    List<Admitted> admitted = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      admitted.add(new Admitted(chosen.get(i).waiting(), chosen.get(i).need(), parts.get(i)));
    }
    return admitted;
  }

  /** One round of choosing. */
  private final class Choice {
    /** Where all get equal shares, their ranks are not lent yet. */
    private final List<Admitted> chosen = new ArrayList<>();

    private final Supplier<Outlook> outlook;
    private final int pools;
    private final Communicator free;
    private final int widestHost;

    /** What those need that come first and can not start. */
    private final List<Need> heads = new ArrayList<>();

    Choice(int pools, Communicator free, int widestHost, Supplier<Outlook> outlook) {
      this.pools = pools;
      this.free = free;
      this.widestHost = widestHost;
      this.outlook = outlook;
    }

    private boolean isFull() {
      return chosen.size() >= pools || (free.size() == 0 && sharing instanceof Sharing.PerFolder);
    }

    private boolean fits(Need need) {
      return need.fits(free.capacity(need.claim()), widestHost);
    }

    void from(Level level) {
      if (isFull()) {
        return;
      }
      if (heads.isEmpty() && sharing instanceof Sharing.PerFolder && !level.usesTokens()) {
        packed(level);
      } else {
        inOrder(level);
      }
    }

    /** Those that fill the ranks best. */
    private void packed(Level level) {
      if (isOvertakenEnough()) {
        Need first = level.firstExcept(Set.of()).orElseThrow();
        if (!fits(first)) {
          heads.add(first);
          return;
        }
        take(level, first);
      }
      if (!level.isEmpty() && !isFull()) {
        best(level);
      }
      if (!level.isEmpty()) {
        heads.add(level.firstExcept(Set.of()).orElseThrow());
      }
    }

    private void best(Level level) {
      Need need = level.firstExcept(Set.of()).orElseThrow();
      Waiting first = level.first(need);
      int before = chosen.size();
      for (Packing.Size pick : picks(level)) {
        for (int i = 0; i < pick.count(); i++) {
          level
              .widest(each -> each.ranks() == pick.ranks() && fits(each))
              .ifPresent(each -> take(level, each));
        }
      }
      if (!isFull() && (free.widest() < free.size() || !level.isPlain())) {
        fillHosts(level);
      }
      List<Admitted> picked = chosen.subList(before, chosen.size());
      if (!picked.isEmpty() && picked.stream().noneMatch(c -> c.waiting().isSame(first))) {
        overtakenInAll += picked.size();
        overtaken += isHarmless(picked, need) ? 0 : picked.size();
      }
    }

    /** On several hosts the widest are placed first: the others still fit between them. */
    private List<Packing.Size> picks(Level level) {
      List<Packing.Size> picks =
          new ArrayList<>(Packing.best(free.size(), pools - chosen.size(), level.sizes()));
      if (free.widest() < free.size()) {
        picks.sort(Comparator.comparingInt(pick -> -pick.ranks()));
      }
      return picks;
    }

    /** What was to fill the ranks may not fit on the hosts, or lack GPUs: then others do. */
    private void fillHosts(Level level) {
      while (!isFull()) {
        Optional<Need> widest = level.widest(this::fits);
        if (widest.isEmpty()) {
          return;
        }
        take(level, widest.get());
      }
    }

    /** Whether all that were picked are known not to delay the first one. */
    private boolean isHarmless(List<Admitted> picked, Need first) {
      Outlook now = outlook.get();
      Room after = Room.of(free, widestHost);
      Room before = after;
      for (Admitted each : picked) {
        before = before.plus(each.ranks().placement());
      }
      for (Admitted each : picked) {
        if (!isHarmless(
            first, each.waiting(), each.need(), each.ranks().placement(), before, now)) {
          return false;
        }
      }
      return true;
    }

    private boolean isHarmless(
        Need first, Waiting other, Need need, Placement ranks, Room room, Outlook now) {
      Optional<Duration> end = expected.apply(other).map(now.now()::plus);
      return now.isHarmless(first, need, ranks, end, room, tokens);
    }

    /** One after another; of those that can not start, the others are held up. */
    private void inOrder(Level level) {
      Set<Need> passed = new HashSet<>();
      for (Optional<Need> next = level.firstExcept(passed);
          next.isPresent() && !isFull();
          next = level.firstExcept(passed)) {
        Need need = next.get();
        if (fits(need) && tokens.cover(need) && mayGoBeforeAll(level, need)) {
          overtakenInAll += heads.isEmpty() ? 0 : 1;
          take(level, need);
        } else {
          passed.add(need);
          if (!heads.contains(need)) {
            heads.add(need);
          }
        }
      }
    }

    private boolean mayGoBeforeAll(Level level, Need need) {
      if (heads.isEmpty()) {
        return true;
      }
      if (heads.contains(need) || isOvertakenEnough()) {
        return false;
      }
      Outlook now = outlook.get();
      Room room = Room.of(free, widestHost);
      Communicator ranks = lend(need);
      Placement placement = ranks == free ? new Placement(List.of()) : ranks.placement();
      try {
        return heads.stream()
            .allMatch(first -> isHarmless(first, level.first(need), need, placement, room, now));
      } finally {
        if (ranks != free) {
          ranks.release();
        }
      }
    }

    private void take(Level level, Need need) {
      chosen.add(new Admitted(level.take(need), need, lend(need)));
      tokens.take(need);
    }

    /** Where all get equal shares, what is free. */
    private Communicator lend(Need need) {
      return need.ranks() == 0 ? free : free.lend(need.claim());
    }
  }
}
