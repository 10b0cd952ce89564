package org.jobfold.disk;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jobfold.folder.FolderName;
import org.jobfold.journal.Entry;
import org.jobfold.journal.RunState;

/**
 * What the parts of a tree and the run of the whole tree before them add up to. Reads, and never
 * writes.
 */
final class PartsWatch {
  private final Path root;
  private final Parts parts;
  private final Map<PartName, JournalFollower> followers = new HashMap<>();

  PartsWatch(Path root) {
    this.root = root;
    this.parts = Parts.of(root);
  }

  /** What a folder is known by whose part was not begun. */
  enum NotBegun {
    /** It waits: so it is shown. */
    WAITS,
    /** What the run of the whole tree before has said of it: so a run goes on. */
    AS_BEFORE
  }

  /** One part as it was seen. */
  private record Seen(Account account, Optional<LockHolder> alive) {
    /** Whether it was run; if not, its journal says what earlier runs have come to. */
    boolean isBegun() {
      return alive.isPresent() || account.state().run().isPresent();
    }
  }

  /**
   * The same with what the parts have come to.
   *
   * @param whole of the whole tree
   * @param notBegun what counts for folders whose part was not begun
   */
  Sight with(Sight whole, NotBegun notBegun) {
    List<Seen> seen = new ArrayList<>();
    List<FolderName> waiting = new ArrayList<>();
    int folders = 0;
    int settled = 0;
    for (PartName name : parts.names()) {
      // The lock first: a run writes that it is over before it gives the part free.
      Optional<LockHolder> alive = parts.holder(name).filter(LockHolder::lives);
      Account account =
          followers.computeIfAbsent(name, n -> new JournalFollower(parts.path(n))).look();
      List<FolderName> of = parts.folders(name);
      folders += of.size();
      if (account.file().isEmpty() && notBegun == NotBegun.WAITS) {
        waiting.addAll(of);
      }
      settled += account.state().settled();
      if (account.file().isPresent()) {
        seen.add(new Seen(account, alive));
      }
    }
    return seen.stream().noneMatch(Seen::isBegun)
        ? whole
        : sum(whole, seen, waiting, folders, folders - settled);
  }

  private Sight sum(Sight whole, List<Seen> seen, List<FolderName> waiting, int folders, int left) {
    RunState state = new RunState();
    Instant at = seen.get(0).account().heard().orElse(Instant.EPOCH);
    whole.account().state().snapshot(at).filter(PartsWatch::isOfFolder).forEach(state::accept);
    // While the tree is divided, nobody runs the whole of it.
    state.lost(at, "the run was lost");
    waiting.forEach(folder -> state.accept(new Entry.FolderReached(at, folder, 0, 0)));
    Optional<Seen> alive = seen.stream().filter(s -> s.alive().isPresent()).findFirst();
    Optional<Entry.RunStarted> begin = Optional.empty();
    Optional<Instant> end = Optional.empty();
    Optional<Instant> heard = Optional.empty();
    boolean killed = false;
    int ranks = 0;
    int hosts = 0;
    long lines = 0;
    long damaged = 0;
    List<Reading.Damage> damage = new ArrayList<>();
    for (Seen each : seen) {
      RunState part = each.account().state();
      for (FolderName folder : part.folders().keySet()) {
        state.accept(new Entry.FolderReached(at, folder, 0, 0));
      }
      part.snapshot(at).filter(PartsWatch::isOfFolder).forEach(state::accept);
      begin = earlier(begin, part.run());
      end = later(end, part.end().map(Entry.RunEnded::at));
      heard = later(heard, each.account().heard());
      killed |= each.isBegun() && part.end().isEmpty() && each.alive().isEmpty();
      ranks +=
          each.alive().isPresent() || alive.isEmpty()
              ? part.run().map(Entry.RunStarted::ranks).orElse(0)
              : 0;
      hosts += part.run().map(Entry.RunStarted::hosts).orElse(0);
      lines += each.account().reading().lines();
      damaged += each.account().reading().damaged();
      damage.addAll(each.account().reading().damage());
    }
    RunState all = new RunState();
    int ranksNow = ranks;
    int hostsSeen = hosts;
    begin
        .map(
            b ->
                new Entry.RunStarted(
                    b.at(),
                    alive.flatMap(Seen::alive).map(LockHolder::host).orElse(b.host()),
                    alive.flatMap(Seen::alive).map(LockHolder::pid).orElse(b.pid()),
                    ranksNow,
                    folders,
                    b.epoch(),
                    "",
                    hostsSeen))
        .ifPresent(all::accept);
    state.snapshot(at).forEach(all::accept);
    all.accept(new Entry.FoldersLeft(at, left));
    if (alive.isEmpty() && !killed) {
      all.accept(new Entry.RunEnded(end.orElse(at), left));
    }
    Account account =
        new Account(
            whole.account().epoch(),
            Optional.of(root.resolve(StateDirectory.NAME).resolve(Parts.NAME)),
            all,
            new Reading(lines, damaged, damage, Reading.Tail.WHOLE),
            heard);
    // A part that began later than the first is none that begins.
    Optional<Instant> since = begin.map(Entry.RunStarted::at);
    Optional<LockHolder> holder =
        alive
            .flatMap(Seen::alive)
            .map(by -> new LockHolder(by.host(), by.pid(), since.or(by::since), by.life()));
    return new Sight(holder, account);
  }

  private static boolean isOfFolder(Entry entry) {
    return !(entry instanceof Entry.RunStarted
        || entry instanceof Entry.RunEnded
        || entry instanceof Entry.FoldersLeft);
  }

  private static Optional<Entry.RunStarted> earlier(
      Optional<Entry.RunStarted> one, Optional<Entry.RunStarted> other) {
    return one.isEmpty() || (other.isPresent() && other.get().at().isBefore(one.get().at()))
        ? other
        : one;
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return one.isEmpty() || (other.isPresent() && other.get().isAfter(one.get())) ? other : one;
  }
}
