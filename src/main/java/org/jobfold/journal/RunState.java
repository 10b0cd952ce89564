package org.jobfold.journal;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jobfold.comm.Placement;
import org.jobfold.folder.FolderName;
import org.jobfold.journal.FolderState.Failed;
import org.jobfold.journal.FolderState.Live;
import org.jobfold.journal.FolderState.Open;
import org.jobfold.journal.FolderState.Succeeded;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.TrialId;

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

  /** Takes up what was recorded next. */
  public void accept(Entry entry) {
    if (entry instanceof Entry.RunStarted started) {
      run = Optional.of(started);
      end = Optional.empty();
    } else if (entry instanceof Entry.TrialOrdered ordered) {
      ordered(ordered);
    } else if (entry instanceof Entry.TrialStarted started) {
      started(started);
    } else if (entry instanceof Entry.TrialEnded ended) {
      ended(ended);
    } else if (entry instanceof Entry.FolderSettled settled) {
      settled(settled);
    } else if (entry instanceof Entry.FolderReached reached) {
      folders.put(reached.folder(), new Open(reached.trials(), reached.step(), Optional.empty()));
    } else if (entry instanceof Entry.RunEnded over) {
      end = Optional.of(over);
    }
  }

  /** How the last run began; absent if none is recorded. */
  public Optional<Entry.RunStarted> run() {
    return run;
  }

  /** How the last run ended; absent if it did not, or not by itself. */
  public Optional<Entry.RunEnded> end() {
    return end;
  }

  /** All folders that there is something to say of, in no order. A view. */
  public Map<FolderName, FolderState> folders() {
    return Collections.unmodifiableMap(folders);
  }

  /** What there is to say of a folder: for one that nothing is recorded of, that it is open. */
  public FolderState of(FolderName folder) {
    return folders.getOrDefault(folder, Open.UNTOUCHED);
  }

  /** Whether a folder has succeeded. */
  public boolean succeeded(FolderName folder) {
    return folders.get(folder) instanceof Succeeded;
  }

  /** The folders that failed for good. */
  public SortedMap<FolderName, Failure> failures() {
    SortedMap<FolderName, Failure> failures = new TreeMap<>();
    folders.forEach(
        (name, state) -> {
          if (state instanceof Failed failed) {
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
    return Stream.concat(
        Stream.concat(run.stream(), end.stream()),
        folders.entrySet().stream().flatMap(e -> snapshot(at, e.getKey(), e.getValue())));
  }

  private static Stream<Entry> snapshot(Instant at, FolderName name, FolderState state) {
    if (state instanceof Succeeded success) {
      return Stream.of(
          new Entry.FolderSettled(at, name, new FinalState(success.trials(), Optional.empty())));
    }
    if (state instanceof Failed failed) {
      return Stream.of(
          new Entry.FolderSettled(
              at, name, new FinalState(failed.trials(), Optional.of(failed.failure()))));
    }
    Open open = (Open) state;
    if (open.live().isPresent()) {
      return snapshot(name, open.live().get());
    }
    return open.equals(Open.UNTOUCHED)
        ? Stream.empty()
        : Stream.of(new Entry.FolderReached(at, name, open.trials(), open.step()));
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
    Optional<Cause> cause = ended.outcome().cause();
    boolean counts = cause.isPresent() && !(cause.get() instanceof Cause.Interrupted);
    folders.put(
        id.folder(),
        new Open(
            counts ? id.number() : id.number() - 1,
            cause.isEmpty() ? id.step() + 1 : id.step(),
            Optional.empty()));
  }

  /** The last final state counts. One that is only interrupted leaves the folder open. */
  private void settled(Entry.FolderSettled settled) {
    FinalState state = settled.state();
    if (state.failure().isEmpty()) {
      folders.put(settled.folder(), FolderState.succeeded(state.trials()));
    } else if (!state.failure().get().interrupted()) {
      folders.put(settled.folder(), new Failed(state.failure().get()));
    } else if (of(settled.folder()) instanceof Open open) {
      folders.put(settled.folder(), new Open(open.trials(), open.step(), Optional.empty()));
    } else {
      folders.put(settled.folder(), Open.UNTOUCHED);
    }
  }

  private void open(TrialId id, Live live) {
    folders.put(id.folder(), new Open(id.number() - 1, id.step(), Optional.of(live)));
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
