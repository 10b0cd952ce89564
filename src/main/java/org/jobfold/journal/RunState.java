package org.jobfold.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.FolderName;
import org.jobfold.journal.FolderState.Failed;
import org.jobfold.journal.FolderState.Live;
import org.jobfold.journal.FolderState.Open;
import org.jobfold.journal.FolderState.Skipped;
import org.jobfold.journal.FolderState.Succeeded;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What the entries of an account add up to: each goes in, in its order.
 *
 * <p>Entries may be missing, come twice or contradict each other, as they do in a damaged file. A
 * folder has succeeded only if its own {@link Entry.FolderSettled} says so, and no later entry says
 * that it was taken up again; whatever else is missing costs trials that are run once more. {@code
 * docs/formats/journal.md} has the rule for each case.
 *
 * <p>Made for a million folders: a success takes its name and an entry of a map. Not thread-safe.
 */
public final class RunState {
  private final Map<FolderName, FolderState> folders = new HashMap<>();
  private Optional<Entry.RunStarted> run = Optional.empty();
  private Optional<Entry.RunEnded> end = Optional.empty();
  private final List<Entry.RanksLost> lost = new ArrayList<>();
  private final Map<Host, Entry.HostWithheld> withheld = new LinkedHashMap<>();
  private final Set<FolderName> dropped = new HashSet<>();
  private int left;

  /** Takes up what was recorded next. */
  public void accept(Entry entry) {
    if (entry instanceof Entry.RunStarted started) {
      run = Optional.of(started);
      end = Optional.empty();
      lost.clear();
      withheld.clear();
      left = started.folders();
    } else if (entry instanceof Entry.TrialOrdered ordered) {
      ordered(ordered);
    } else if (entry instanceof Entry.TrialStarted started) {
      started(started);
    } else if (entry instanceof Entry.TrialEnded ended) {
      ended(ended);
    } else if (entry instanceof Entry.FolderSettled settled) {
      settled(settled);
    } else if (entry instanceof Entry.TrialFailed failed) {
      put(failed.folder(), after(failed.folder(), failed.trial(), 0, failed.cause()));
    } else if (entry instanceof Entry.FolderReached reached) {
      dropped.remove(reached.folder());
      put(
          reached.folder(),
          new Open(reached.trials(), reached.step(), causes(reached.folder()), Optional.empty()));
    } else if (entry instanceof Entry.RanksLost gone) {
      if (!lost.contains(gone)) {
        lost.add(gone);
      }
    } else if (entry instanceof Entry.HostWithheld kept) {
      withheld.put(kept.host(), kept);
      kept.pardoned().forEach((folder, trials) -> pardon(folder, trials, kept.host()));
    } else if (entry instanceof Entry.HostBack back) {
      withheld.remove(back.host());
    } else if (entry instanceof Entry.FoldersDropped gone) {
      dropped.addAll(gone.folders());
    } else if (entry instanceof Entry.FoldersLeft now) {
      left = now.left();
    } else if (entry instanceof Entry.RunEnded over) {
      end = Optional.of(over);
      left = over.left();
    }
  }

  /** From here on, these folders count and no others: a run begins that has only them. */
  public void count(Predicate<FolderName> counted) {
    dropped.clear();
    folders.keySet().stream().filter(counted.negate()).forEach(dropped::add);
  }

  /** Whether a folder counts in the numbers of the last run: it was not dropped from it. */
  public boolean counts(FolderName folder) {
    return !dropped.contains(folder);
  }

  /**
   * Takes up that nothing is left of the processes that were running when the account ends: they
   * were lost with their run, and their trials do not count.
   *
   * @param at when that was found
   * @param reason what became of the run, for people
   */
  public void lost(Instant at, String reason) {
    running()
        .forEach(
            (name, live) ->
                accept(
                    new Entry.TrialEnded(
                        at,
                        new TrialId(name, live.trial(), live.step()),
                        Outcome.failed(new Cause.Interrupted(reason)),
                        Usage.none(at),
                        "",
                        "")));
  }

  /** How the last run began; absent if none is recorded. */
  public Optional<Entry.RunStarted> run() {
    return run;
  }

  /** How the last run ended; absent if it did not, or not by itself. */
  public Optional<Entry.RunEnded> end() {
    return end;
  }

  /** The ranks that the last run has lost, in the order in which it did. A view. */
  public List<Entry.RanksLost> lost() {
    return Collections.unmodifiableList(lost);
  }

  /** The hosts on which the last run starts nothing for a while. A view. */
  public Collection<Entry.HostWithheld> withheld() {
    return Collections.unmodifiableCollection(withheld.values());
  }

  /** How many folders of the last run have no final state: they run, or wait. */
  public int left() {
    return left;
  }

  /** All folders that there is something to say of, in no order. A view. */
  public Map<FolderName, FolderState> folders() {
    return Collections.unmodifiableMap(folders);
  }

  /** What there is to say of a folder: for one that nothing is recorded of, that it is open. */
  public FolderState of(FolderName folder) {
    return folders.getOrDefault(folder, Open.UNTOUCHED);
  }

  /** What there is to say of these folders alone, and of no run. */
  public RunState of(Collection<FolderName> names) {
    RunState some = new RunState();
    for (FolderName name : names) {
      FolderState state = folders.get(name);
      if (state != null) {
        some.folders.put(name, state);
      }
    }
    return some;
  }

  /** Whether a folder has succeeded, or need not run. */
  public boolean succeeded(FolderName folder) {
    FolderState state = of(folder);
    return state instanceof Succeeded || state instanceof Skipped;
  }

  /** The folders that failed for good, or are blocked by others, of those that count. */
  public SortedMap<FolderName, Failure> failures() {
    SortedMap<FolderName, Failure> failures = new TreeMap<>();
    folders.forEach(
        (name, state) -> {
          if (state instanceof Failed failed && counts(name)) {
            failures.put(name, failed.failure());
          }
        });
    return failures;
  }

  /** The processes that were running when the account ends: there may be something left of them. */
  public SortedMap<FolderName, Live> running() {
    SortedMap<FolderName, Live> running = new TreeMap<>();
    folders.forEach(
        (name, state) -> {
          if (state instanceof Open open) {
            open.live().ifPresent(live -> running.put(name, live));
          }
        });
    return running;
  }

  /**
   * The shortest account that adds up to this state: how the last run began, and a few entries for
   * each folder that is not just waiting. Taken while it is read: the state must not change then.
   *
   * @param at the time of those entries that have none of their own
   */
  public Stream<Entry> snapshot(Instant at) {
    return Stream.of(
            run.stream(),
            lost.stream(),
            withheld.values().stream()
                .map(
                    kept ->
                        new Entry.HostWithheld(
                            kept.at(), kept.host(), kept.reason(), new TreeMap<>())),
            end.stream(),
            folders.entrySet().stream().flatMap(e -> snapshot(at, e.getKey(), e.getValue())),
            dropped(at),
            run.stream().map(any -> new Entry.FoldersLeft(at, left)))
        .flatMap(part -> part);
  }

  private Stream<Entry> dropped(Instant at) {
    return dropped.isEmpty()
        ? Stream.empty()
        : Entry.FoldersDropped.of(at, List.copyOf(dropped)).stream();
  }

  private static Stream<Entry> snapshot(Instant at, FolderName name, FolderState state) {
    if (state instanceof Succeeded success) {
      return Stream.of(
          new Entry.FolderSettled(at, name, new FinalState(success.trials(), Optional.empty())));
    }
    if (state instanceof Skipped skipped) {
      return Stream.of(new Entry.FolderSettled(at, name, FinalState.skipped(skipped.reason())));
    }
    if (state instanceof Failed failed) {
      return Stream.of(
          new Entry.FolderSettled(
              at, name, new FinalState(failed.trials(), Optional.of(failed.failure()))));
    }
    Open open = (Open) state;
    List<Cause> causes = open.causes();
    Stream<Entry> failures =
        IntStream.range(0, causes.size())
            .mapToObj(i -> new Entry.TrialFailed(at, name, i + 1, causes.get(i)));
    if (open.live().isPresent()) {
      return Stream.concat(failures, snapshot(name, open.live().get()));
    }
    return open.equals(Open.UNTOUCHED)
        ? Stream.empty()
        : Stream.concat(
            failures, Stream.of(new Entry.FolderReached(at, name, open.trials(), open.step())));
  }

  private static Stream<Entry> snapshot(FolderName name, Live live) {
    TrialId id = new TrialId(name, live.trial(), live.step());
    Stream<Entry> order =
        live.slot().stream()
            .mapToObj(slot -> new Entry.TrialOrdered(live.at(), id, live.placement(), slot));
    Stream<Entry> start =
        live.pid().stream().mapToObj(pid -> new Entry.TrialStarted(live.at(), id, pid));
    return Stream.concat(order, start);
  }

  /** An order always counts, also after a final state: then the folder was taken up again. */
  private void ordered(Entry.TrialOrdered ordered) {
    dropped.remove(ordered.id().folder());
    open(
        ordered.id(),
        new Live(
            ordered.at(),
            ordered.id().number(),
            ordered.id().step(),
            OptionalInt.of(ordered.slot()),
            ordered.placement(),
            OptionalLong.empty()));
  }

  /** A start without its order means that the order is lost. */
  private void started(Entry.TrialStarted started) {
    TrialId id = started.id();
    Optional<Live> order = live(id).filter(live -> live.pid().isEmpty() && is(live, id));
    open(
        id,
        new Live(
            order.map(Live::at).orElse(started.at()),
            id.number(),
            id.step(),
            order.map(Live::slot).orElse(OptionalInt.empty()),
            order.map(Live::placement).orElse(new Placement(List.of())),
            OptionalLong.of(started.pid())));
  }

  /**
   * An end without its order counts as well, unless a later process of the folder is running: that
   * one's end is still to come.
   */
  private void ended(Entry.TrialEnded ended) {
    TrialId id = ended.id();
    if (live(id).filter(live -> isAfter(live, id)).isPresent()) {
      return;
    }
    Optional<Cause> cause =
        ended.outcome().cause().filter(why -> !(why instanceof Cause.Interrupted));
    if (cause.isPresent()) {
      put(id.folder(), after(id.folder(), id.number(), id.step(), cause.get()));
    } else {
      int step = ended.outcome().succeeded() ? id.step() + 1 : id.step();
      put(id.folder(), new Open(id.number() - 1, step, causes(id.folder()), Optional.empty()));
    }
  }

  /** After a trial that counts and failed at a step. Of trials before, causes may be missing. */
  private Open after(FolderName folder, int trial, int step, Cause cause) {
    List<Cause> causes = new ArrayList<>(causes(folder));
    if (causes.size() < trial) {
      causes.add(cause);
    }
    return new Open(trial, step, causes, Optional.empty());
  }

  /** Trials that failed by a fault of their host count as lost with it. */
  private void pardon(FolderName folder, List<Integer> trials, Host host) {
    if (of(folder) instanceof Open open) {
      List<Cause> causes = new ArrayList<>(open.causes());
      for (int trial : trials) {
        if (trial >= 1 && trial <= causes.size()) {
          causes.set(trial - 1, new Cause.NodeLost("folders fail on host '" + host + "'"));
        }
      }
      put(folder, new Open(open.trials(), open.step(), causes, open.live()));
    }
  }

  private List<Cause> causes(FolderName folder) {
    return of(folder) instanceof Open open ? open.causes() : List.of();
  }

  /** The last final state counts. One that is only interrupted leaves the folder open. */
  private void settled(Entry.FolderSettled settled) {
    FinalState state = settled.state();
    dropped.remove(settled.folder());
    if (state.skip().isPresent()) {
      put(settled.folder(), new Skipped(state.skip().get()));
    } else if (state.failure().isEmpty()) {
      put(settled.folder(), FolderState.succeeded(state.trials()));
    } else if (!state.failure().get().interrupted()) {
      put(settled.folder(), new Failed(state.failure().get()));
    } else if (of(settled.folder()) instanceof Open open) {
      put(settled.folder(), new Open(open.trials(), open.step(), open.causes(), Optional.empty()));
    } else {
      put(settled.folder(), Open.UNTOUCHED);
    }
  }

  private void open(TrialId id, Live live) {
    put(id.folder(), new Open(id.number() - 1, id.step(), causes(id.folder()), Optional.of(live)));
  }

  private void put(FolderName folder, FolderState state) {
    @Nullable FolderState before = folders.put(folder, state);
    boolean wasLeft = before == null || before instanceof Open;
    boolean isLeft = state instanceof Open;
    left += (isLeft ? 1 : 0) - (wasLeft ? 1 : 0);
  }

  private Optional<Live> live(TrialId id) {
    return of(id.folder()) instanceof Open open ? open.live() : Optional.empty();
  }

  private static boolean is(Live live, TrialId id) {
    return live.trial() == id.number() && live.step() == id.step();
  }

  private static boolean isAfter(Live live, TrialId id) {
    return live.trial() > id.number() || (live.trial() == id.number() && live.step() > id.step());
  }
}
