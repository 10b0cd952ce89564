package org.jobfold.walk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jobfold.comm.Communicator;

/**
 * Decides which folders start now, in one step for ranks and tokens. Never more than {@code
 * nbpools} run at a time, never more ranks or tokens are given away than there are.
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
   * @param outlook what is to be expected of what runs; asked for only where it matters
   */
  List<Admitted> admit(
      Startable waiting, Communicator free, int running, Supplier<Outlook> outlook) {
    int pools = Math.min(sharing.nbpools() - running, free.size());
    if (pools <= 0 || waiting.isEmpty()) {
      return List.of();
    }
    Choice choice = new Choice(pools, free.size(), outlook);
    Level top = waiting.levels().iterator().next();
    standFirst(top.first(top.firstExcept(Set.of()).orElseThrow()));
    for (Level level : waiting.levels()) {
      choice.from(level);
    }
    waiting.tidy();
    return sharing instanceof Sharing.Equal
        ? equalShares(choice.chosen, free)
        : sharesOfTheirOwn(choice.chosen, free);
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

  private static List<Admitted> sharesOfTheirOwn(List<Chosen> chosen, Communicator free) {
    List<Admitted> admitted = new ArrayList<>(chosen.size());
    for (Chosen c : chosen) {
      admitted.add(new Admitted(c.waiting(), c.need(), free.lend(c.need().ranks())));
    }
    return admitted;
  }

  private static List<Admitted> equalShares(List<Chosen> chosen, Communicator free) {
    if (chosen.isEmpty()) {
      return List.of();
    }
    List<Communicator> parts = free.split(chosen.size());
    List<Admitted> admitted = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      admitted.add(new Admitted(chosen.get(i).waiting(), chosen.get(i).need(), parts.get(i)));
    }
    return admitted;
  }

  private record Chosen(Waiting waiting, Need need) {}

  /** One round of choosing. */
  private final class Choice {
    private final List<Chosen> chosen = new ArrayList<>();
    private final Supplier<Outlook> outlook;
    private final int pools;
    private int ranks;

    /** What those need that come first and can not start. */
    private final List<Need> heads = new ArrayList<>();

    Choice(int pools, int ranks, Supplier<Outlook> outlook) {
      this.pools = pools;
      this.ranks = ranks;
      this.outlook = outlook;
    }

    private boolean isFull() {
      return chosen.size() >= pools || (ranks == 0 && sharing instanceof Sharing.PerFolder);
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
        if (first.ranks() > ranks) {
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
      int free = ranks;
      int before = chosen.size();
      for (Packing.Size pick : Packing.best(ranks, pools - before, level.sizes())) {
        for (int i = 0; i < pick.count(); i++) {
          take(level, new Need(pick.ranks(), need.tokens()));
        }
      }
      List<Chosen> picked = chosen.subList(before, chosen.size());
      if (picked.stream().noneMatch(c -> c.waiting().isSame(first))) {
        overtakenInAll += picked.size();
        overtaken += isHarmless(picked, need, free) ? 0 : picked.size();
      }
    }

    /** Whether all that were picked are known not to delay the first one. */
    private boolean isHarmless(List<Chosen> picked, Need first, int free) {
      Outlook now = outlook.get();
      return picked.stream()
          .allMatch(c -> now.isHarmless(first, c.need(), end(c.waiting(), now), free, tokens));
    }

    /** One after another; of those that can not start, the others are held up. */
    private void inOrder(Level level) {
      Set<Need> passed = new HashSet<>();
      for (Optional<Need> next = level.firstExcept(passed);
          next.isPresent() && !isFull();
          next = level.firstExcept(passed)) {
        Need need = next.get();
        boolean fits = need.ranks() <= ranks && tokens.cover(need);
        if (fits && heads.stream().allMatch(first -> mayGoBefore(first, level, need))) {
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

    private boolean mayGoBefore(Need first, Level level, Need need) {
      if (first.equals(need) || isOvertakenEnough()) {
        return false;
      }
      Outlook now = outlook.get();
      return now.isHarmless(first, need, end(level.first(need), now), ranks, tokens);
    }

    private Optional<Duration> end(Waiting waiting, Outlook now) {
      return expected.apply(waiting).map(now.now()::plus);
    }

    private void take(Level level, Need need) {
      chosen.add(new Chosen(level.take(need), need));
      ranks -= need.ranks();
      tokens.take(need);
    }
  }
}
