package org.jobfold.spi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.print.Check;
import org.jobfold.print.Declared;
import org.jobfold.print.Digest;
import org.jobfold.print.Fingerprint;
import org.jobfold.print.FolderElements;
import org.jobfold.print.Made;
import org.jobfold.print.Predecessor;
import org.jobfold.print.Reason;

/**
 * Fingerprints of folders whose files are in memory; globs are names. For tests of what decides by
 * them. It outlives its runs: closing it forgets only what was checked.
 */
public final class MemoryFingerprints implements Fingerprints {
  private static final Last NONE =
      new Last(Optional.empty(), new Digest(0, 0, 0, 0), Optional.empty());

  private final Map<FolderName, SortedMap<String, String>> files = new HashMap<>();
  private final Map<FolderName, Last> records = new HashMap<>();
  private final Map<FolderName, Fingerprint> asked = new HashMap<>();
  private final Set<FolderName> open = new HashSet<>();
  private Function<JobFolder, Declared> declared;
  private long successes;

  private record Last(Optional<Fingerprint> asked, Digest made, Optional<Fingerprint> outputs) {}

  public MemoryFingerprints(Function<JobFolder, Declared> declared) {
    this.declared = declared;
  }

  /** What folders declare from now on. */
  public MemoryFingerprints declaring(Function<JobFolder, Declared> other) {
    declared = other;
    return this;
  }

  /** Writes a file. */
  public void write(FolderName folder, String file, String text) {
    files.computeIfAbsent(folder, name -> new TreeMap<>()).put(file, text);
  }

  /** Deletes a file. */
  public void delete(FolderName folder, String file) {
    files.getOrDefault(folder, new TreeMap<>()).remove(file);
  }

  @Override
  public synchronized Check check(JobFolder folder, List<Predecessor> predecessors) {
    Declared says = declared.apply(folder);
    if (says.inputs().isEmpty()) {
      return new Check.NoFingerprint();
    }
    SortedMap<String, Optional<Digest>> inputs = read(folder, says.inputs().get());
    List<Reason> missing = missing(FolderElements.INPUT, inputs);
    Fingerprint now = FolderElements.asked(folder, "", inputs, predecessors);
    List<Reason> reasons = new ArrayList<>();
    Last record = records.getOrDefault(folder.name(), NONE);
    if (record.asked.isEmpty()) {
      reasons.add(Reason.of(Reason.Kind.NO_RECORD));
    } else {
      reasons.addAll(changes(now.since(record.asked.get()), missing));
      if (open.contains(folder.name()) && says.outputs().isEmpty()) {
        reasons.add(Reason.of(Reason.Kind.NOT_SUCCEEDED));
      }
    }
    for (Predecessor predecessor : predecessors) {
      if (predecessor.made().isEmpty()) {
        reasons.add(
            Reason.of(Reason.Kind.UNKNOWN, FolderElements.PREDECESSOR + predecessor.name().path()));
      }
    }
    if (reasons.isEmpty() && says.outputs().isPresent()) {
      SortedMap<String, Optional<Digest>> outputs = read(folder, says.outputs().get());
      List<Reason> gone = missing(FolderElements.OUTPUT, outputs);
      Fingerprint old = record.outputs.orElse(Fingerprint.builder().build());
      reasons.addAll(gone);
      changes(FolderElements.made(outputs).since(old), gone).stream()
          .filter(reason -> !reasons.contains(reason))
          .forEach(reasons::add);
    }
    if (reasons.isEmpty()) {
      return new Check.NeedNotRun(record.made, missing);
    }
    missing.stream().filter(reason -> !reasons.contains(reason)).forEach(reasons::add);
    asked.put(folder.name(), now);
    return new Check.MustRun(reasons);
  }

  private static List<Reason> changes(Fingerprint.Difference difference, List<Reason> missing) {
    List<Reason> reasons = new ArrayList<>();
    difference.updated().forEach(name -> reasons.add(Reason.of(Reason.Kind.CHANGED, name)));
    difference.added().forEach(name -> reasons.add(Reason.of(Reason.Kind.NEW, name)));
    difference.obsolete().forEach(name -> reasons.add(Reason.of(Reason.Kind.GONE, name)));
    reasons.replaceAll(
        reason -> {
          Reason gone = Reason.of(Reason.Kind.MISSING, reason.subject());
          return missing.contains(gone) ? gone : reason;
        });
    return reasons;
  }

  private static List<Reason> missing(String kind, Map<String, Optional<Digest>> read) {
    return read.entrySet().stream()
        .filter(file -> file.getValue().isEmpty())
        .map(file -> Reason.of(Reason.Kind.MISSING, kind + file.getKey()))
        .toList();
  }

  @Override
  public synchronized void begins(FolderName folder) {
    open.add(folder);
  }

  @Override
  public synchronized Optional<Made> succeeded(JobFolder folder, List<Predecessor> predecessors) {
    Declared says = declared.apply(folder);
    Optional<SortedMap<String, Optional<Digest>>> outputs =
        says.outputs().map(names -> read(folder, names));
    List<Reason> notes = new ArrayList<>();
    outputs.ifPresent(found -> notes.addAll(missing(FolderElements.OUTPUT, found)));
    Optional<Fingerprint> before = Optional.empty();
    if (says.inputs().isPresent()) {
      before =
          Optional.ofNullable(asked.remove(folder.name()))
              .or(() -> Optional.ofNullable(records.get(folder.name())).flatMap(Last::asked));
      Fingerprint then =
          before.orElseThrow(
              () -> new IllegalStateException("'" + folder.name() + "' was not checked"));
      SortedMap<String, Optional<Digest>> inputs = read(folder, says.inputs().get());
      Fingerprint now = FolderElements.asked(folder, "", inputs, predecessors);
      for (Reason change : changes(now.since(then), List.of())) {
        notes.add(Reason.of(Reason.Kind.CHANGED_MEANWHILE, change.subject()));
      }
    }
    successes++;
    Digest unlike = new Digest(successes, 0, 0, 0);
    Digest made =
        outputs
            .map(found -> FolderElements.made(found).checksum())
            .orElse(before.map(Fingerprint::checksum).orElse(unlike));
    records.put(folder.name(), new Last(before, made, outputs.map(FolderElements::made)));
    open.remove(folder.name());
    return Optional.of(new Made(made, notes));
  }

  private SortedMap<String, Optional<Digest>> read(JobFolder folder, List<String> names) {
    SortedMap<String, Optional<Digest>> read = new TreeMap<>();
    Map<String, String> there = files.getOrDefault(folder.name(), new TreeMap<>());
    for (String name : names) {
      read.put(
          name,
          Optional.ofNullable(there.get(name))
              .map(text -> Fingerprint.builder().add("", text).build().checksum()));
    }
    return read;
  }

  @Override
  public synchronized Optional<Digest> made(JobFolder folder) {
    Optional<List<String>> outputs = declared.apply(folder).outputs();
    return outputs.isPresent()
        ? Optional.of(FolderElements.made(read(folder, outputs.get())).checksum())
        : Optional.ofNullable(records.get(folder.name()))
            .filter(record -> !open.contains(folder.name()))
            .map(Last::made);
  }

  @Override
  public void flush() {}

  @Override
  public synchronized void close() {
    asked.clear();
  }
}
