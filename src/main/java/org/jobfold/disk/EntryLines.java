package org.jobfold.disk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.FolderName;
import org.jobfold.journal.Entry;
import org.jobfold.trial.Failure;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;
import org.jspecify.annotations.Nullable;

/** Makes journal entries of their lines: the way back of {@link EntryJson}. */
final class EntryLines {
  private static final int SHARED = 256;

  private final LineFields line = new LineFields();
  private final Map<String, String> shared = new HashMap<>();
  private final Map<String, Host> hosts = new HashMap<>();

  /**
   * The entry of a line, given without its end; empty for an event that this version does not know.
   *
   * @throws BadLine if there is none in it
   */
  Optional<Entry> read(byte[] bytes, int begin, int end) throws BadLine {
    switch (Checksum.check(bytes, begin, end)) {
      case NONE -> throw new BadLine("it has no checksum at its end");
      case WRONG -> throw new BadLine("its checksum is wrong");
      case RIGHT -> line.read(bytes, begin, end);
    }
    try {
      return Optional.ofNullable(entry());
    } catch (IllegalArgumentException refused) {
      throw new BadLine(String.valueOf(refused.getMessage()));
    }
  }

  private @Nullable Entry entry() throws BadLine {
    Instant at = line.instant("at");
    return switch (line.text("event")) {
      case "run" ->
          new Entry.RunStarted(
              at,
              line.text("host"),
              line.whole("pid", 0),
              line.integer("ranks", 0),
              line.integer("folders", 0),
              line.integer("epoch", 0),
              line.text("run"),
              line.has("hosts") ? line.integer("hosts", 0) : 1);
      case "order" ->
          new Entry.TrialOrdered(at, trial(), withGpus(placement()), line.integer("slot", 0));
      case "start" -> new Entry.TrialStarted(at, trial(), line.whole("pid", 0));
      case "end" ->
          new Entry.TrialEnded(at, trial(), outcome(), usage(), file("stdout"), file("stderr"));
      case "folder" -> new Entry.FolderSettled(at, folder(), state());
      case "failed" ->
          new Entry.TrialFailed(at, folder(), line.integer("trial", 1), Causes.read(line));
      case "lost" -> lost(at);
      case "withheld" ->
          new Entry.HostWithheld(at, new Host(line.text("host")), line.text("reason"), pardoned());
      case "back" -> new Entry.HostBack(at, new Host(line.text("host")));
      case "dropped" ->
          new Entry.FoldersDropped(
              at, line.texts("folders").stream().map(FolderName::new).toList());
      case "left" -> new Entry.FoldersLeft(at, line.integer("left", 0));
      case "reached" ->
          new Entry.FolderReached(
              at,
              folder(),
              line.integer("trials", 0),
              line.integer("step", 0),
              line.integerOrZero("forgiven"));
      case "over" -> new Entry.RunEnded(at, line.integer("left", 0));
      default -> null;
    };
  }

  private TrialId trial() throws BadLine {
    return new TrialId(folder(), line.integer("trial", 1), line.integerOrZero("step"));
  }

  private FolderName folder() throws BadLine {
    return new FolderName(line.text("folder"));
  }

  private Placement placement() throws BadLine {
    List<Placement.Share> shares = new ArrayList<>();
    line.lists("ranks")
        .forEach((host, ranks) -> shares.add(new Placement.Share(new Host(host), ranks)));
    return new Placement(shares);
  }

  private Placement withGpus(Placement placement) throws BadLine {
    if (!line.has("gpus")) {
      return placement;
    }
    List<String> all = line.texts("gpus");
    return placement.withGpus(
        host ->
            all.stream()
                .filter(text -> text.startsWith(host.name() + " "))
                .map(text -> text.substring(host.name().length() + 1))
                .toList());
  }

  private Entry.RanksLost lost(Instant at) throws BadLine {
    Host host = new Host(line.text("host"));
    for (Placement.Share share : placement().shares()) {
      if (share.host().equals(host)) {
        return new Entry.RanksLost(at, host, share.ranks(), line.text("reason"));
      }
    }
    throw new BadLine("it has no 'ranks' of its host");
  }

  private SortedMap<FolderName, List<Integer>> pardoned() throws BadLine {
    SortedMap<FolderName, List<Integer>> trials = new TreeMap<>();
    for (String text : line.texts("pardoned")) {
      int space = text.indexOf(' ');
      if (space < 1 || !text.substring(0, space).chars().allMatch(c -> c >= '0' && c <= '9')) {
        throw new BadLine("'pardoned' has '" + text + "', which is no trial of a folder");
      }
      trials
          .computeIfAbsent(new FolderName(text.substring(space + 1)), any -> new ArrayList<>())
          .add(Integer.parseInt(text.substring(0, space)));
    }
    return trials;
  }

  private Outcome outcome() throws BadLine {
    return line.text("outcome").equals("succeeded")
        ? Outcome.success()
        : Outcome.failed(Causes.read(line));
  }

  private FinalState state() throws BadLine {
    int trials = line.integer("trials", 0);
    String word = line.text("state");
    if (word.equals("succeeded")) {
      return new FinalState(trials, Optional.empty());
    }
    if (word.equals("skipped")) {
      return new FinalState(trials, Optional.empty(), Optional.of(line.text("reason")));
    }
    FinalState state =
        new FinalState(
            trials,
            Optional.of(
                new Failure(
                    Causes.read(line),
                    trials,
                    usage(),
                    file("stdout"),
                    file("stderr"),
                    file("tailOf"),
                    List.of(),
                    hosts())));
    if (!state.word().equals(word)) {
      throw new BadLine("the state '" + word + "' does not go with its outcome");
    }
    return state;
  }

  /** Lines of earlier versions do not say it. */
  private List<Host> hosts() throws BadLine {
    return line.has("hosts")
        ? line.texts("hosts").stream().map(name -> hosts.computeIfAbsent(name, Host::new)).toList()
        : List.of();
  }

  private Usage usage() throws BadLine {
    return new Usage(
        line.instant("started"),
        line.duration("elapsed"),
        line.duration("user"),
        line.duration("system"),
        line.whole("peak", 0));
  }

  /** The names of output files are the same few in most lines. */
  private String file(String name) throws BadLine {
    String text = line.text(name);
    if (shared.size() < SHARED) {
      shared.putIfAbsent(text, text);
    }
    return shared.getOrDefault(text, text);
  }
}
