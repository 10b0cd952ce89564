package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
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
import org.jobfold.spi.Fingerprints;

/**
 * The fingerprints of a tree on disk.
 *
 * <p>It never writes to the tree, save for one file in jobfold's own directory, and never reads a
 * file again that is as it was.
 */
public final class TreeFingerprints implements Fingerprints {
  private static final SortedMap<String, Content> NO_FILES = Collections.emptySortedMap();

  private final Path root;
  private final Function<JobFolder, Declared> declared;
  private final FolderContents contents;
  private final FingerprintStore store;
  private final SecureRandom random = new SecureRandom();

  /** What folders asked for when they were checked, as lines: there may be a million of them. */
  private final Map<FolderName, byte[]> asked = new ConcurrentHashMap<>();

  TreeFingerprints(
      Path root,
      Function<JobFolder, Declared> declared,
      FolderContents contents,
      FingerprintStore store) {
    this.root = root;
    this.declared = declared;
    this.contents = contents;
    this.store = store;
  }

  /**
   * Those of a tree, for who holds it.
   *
   * @param root the directory of the tree
   * @param declared what a folder says about its files
   * @param isJobFolder whether a folder runs something
   * @param notes told, for people, what is wrong with what was kept
   * @throws org.jobfold.folder.RefusedException if that is of a newer version
   */
  public static TreeFingerprints of(
      Path root,
      Function<JobFolder, Declared> declared,
      Predicate<FolderName> isJobFolder,
      Consumer<String> notes) {
    return open(root, declared, isJobFolder, FingerprintStore.Access.WRITE, notes);
  }

  /** The same, only to look: nothing is kept, and no folder may be begun. */
  public static TreeFingerprints view(
      Path root,
      Function<JobFolder, Declared> declared,
      Predicate<FolderName> isJobFolder,
      Consumer<String> notes) {
    return open(root, declared, isJobFolder, FingerprintStore.Access.READ, notes);
  }

  private static TreeFingerprints open(
      Path root,
      Function<JobFolder, Declared> declared,
      Predicate<FolderName> isJobFolder,
      FingerprintStore.Access access,
      Consumer<String> notes) {
    Path real = real(root);
    Path directory = real.resolve(StateDirectory.NAME);
    FingerprintStore store =
        FingerprintStore.open(
            JournalDisk.REAL,
            directory,
            JournalFile.Growth.STANDARD,
            access,
            folder -> Files.isDirectory(real.resolve(folder.relative())),
            notes);
    ContentReader reader =
        new ContentReader(
            ContentReader.Source.FILES,
            access == FingerprintStore.Access.WRITE ? FileClock.of(directory) : FileClock::local);
    return new TreeFingerprints(
        real, declared, new FolderContents(real, isJobFolder, reader), store);
  }

  private static Path real(Path root) {
    try {
      return root.toRealPath();
    } catch (IOException e) {
      throw JournalReader.refused(
          root.toString(), 0, "it can not be entered (" + Reasons.of(e) + ")");
    }
  }

  @Override
  public Check check(JobFolder folder, List<Predecessor> predecessors) {
    Declared files = declared.apply(folder);
    if (!files.isComplete()) {
      return new Check.NoFingerprint();
    }
    List<Reason> reasons = new ArrayList<>();
    Optional<FingerprintStore.Kept> kept = find(folder.name(), reasons);
    Optional<LastGood> last = kept.map(FingerprintStore.Kept::record);
    ReadFiles inputs = contents.inputs(folder, files, last.map(LastGood::inputs).orElse(NO_FILES));
    Fingerprint now = asked(folder, inputs, predecessors);
    List<Reason> unknown = unknown(predecessors);
    last.ifPresent(record -> reasons.addAll(Changes.of(record, now, inputs)));
    reasons.removeIf(reason -> reason.kind() == Reason.Kind.GONE && isOfAny(unknown, reason));
    if (kept.isPresent() && kept.get().isOpen() && files.outputs().isEmpty()) {
      reasons.add(Reason.of(Reason.Kind.NOT_SUCCEEDED));
    }
    reasons.addAll(unknown);
    reasons.addAll(inputs.unreadable(FolderElements.INPUT));
    if (reasons.isEmpty()) {
      LastGood record = last.orElseThrow();
      ReadFiles outputs = outputs(folder, files, record.outputs().orElse(NO_FILES));
      reasons.addAll(outputs.changes(FolderElements.OUTPUT, record.outputs().orElse(NO_FILES)));
      reasons.addAll(outputs.unreadable(FolderElements.OUTPUT));
      if (reasons.isEmpty()) {
        return needNotRun(record, files, now, inputs, outputs);
      }
    }
    inputs.missing(FolderElements.INPUT).stream()
        .filter(missing -> !reasons.contains(missing))
        .forEach(reasons::add);
    remember(folder.name(), now, inputs);
    return new Check.MustRun(reasons);
  }

  private Optional<FingerprintStore.Kept> find(FolderName folder, List<Reason> reasons) {
    try {
      Optional<FingerprintStore.Kept> kept = store.find(folder);
      if (kept.isEmpty() || kept.get().record().asked().isEmpty()) {
        reasons.add(Reason.of(Reason.Kind.NO_RECORD));
      }
      return kept;
    } catch (BadLine bad) {
      reasons.add(new Reason(Reason.Kind.DAMAGED, "", String.valueOf(bad.getMessage())));
      return Optional.empty();
    }
  }

  /** What is not known is not gone. */
  private static boolean isOfAny(List<Reason> unknown, Reason reason) {
    return unknown.stream().anyMatch(other -> other.subject().equals(reason.subject()));
  }

  private static List<Reason> unknown(List<Predecessor> predecessors) {
    return predecessors.stream()
        .filter(predecessor -> predecessor.made().isEmpty())
        .map(
            predecessor ->
                Reason.of(
                    Reason.Kind.UNKNOWN, FolderElements.PREDECESSOR + predecessor.name().path()))
        .toList();
  }

  private Check needNotRun(
      LastGood record, Declared files, Fingerprint now, ReadFiles inputs, ReadFiles outputs) {
    asked.remove(record.folder());
    LastGood fresh =
        new LastGood(
            record.folder(),
            Optional.of(now),
            made(files, now.checksum(), outputs),
            inputs.contents(),
            files.outputs().map(declaration -> outputs.contents()));
    if (!fresh.equals(record)) {
      store.save(fresh);
    }
    return new Check.NeedNotRun(fresh.made(), inputs.missing(FolderElements.INPUT));
  }

  private static Digest made(Declared files, Digest asked, ReadFiles outputs) {
    return files.outputs().isPresent() ? FolderElements.made(outputs.digests()).checksum() : asked;
  }

  private void remember(FolderName folder, Fingerprint now, ReadFiles inputs) {
    LineBuffer line = new LineBuffer();
    LastGoodJson.writeLine(
        new LastGood(folder, Optional.of(now), now.checksum(), inputs.contents(), Optional.empty()),
        line);
    asked.put(folder, line.toByteArray());
  }

  @Override
  public void begins(FolderName folder) {
    store.begin(folder);
  }

  @Override
  public Optional<Made> succeeded(JobFolder folder, List<Predecessor> predecessors) {
    Declared files = declared.apply(folder);
    ReadFiles outputs = outputs(folder, files, known(folder.name()));
    List<Reason> notes = new ArrayList<>(outputs.unreadable(FolderElements.OUTPUT));
    notes.addAll(outputs.missing(FolderElements.OUTPUT));
    Optional<LastGood> record =
        files.isComplete()
            ? complete(folder, predecessors, files, outputs, notes)
            : Optional.of(
                new LastGood(
                    folder.name(),
                    Optional.empty(),
                    made(files, anyDigest(), outputs),
                    NO_FILES,
                    files.outputs().map(declaration -> outputs.contents())));
    if (record.isEmpty() || !outputs.unreadable().isEmpty()) {
      return Optional.of(new Made(anyDigest(), notes));
    }
    store.save(record.get());
    return Optional.of(new Made(record.get().made(), notes));
  }

  /** The record of a folder that has a fingerprint, if its inputs can be read now as well. */
  private Optional<LastGood> complete(
      JobFolder folder,
      List<Predecessor> predecessors,
      Declared files,
      ReadFiles outputs,
      List<Reason> notes) {
    LastGood before = checked(folder.name());
    Fingerprint predicted = before.asked().orElseThrow();
    ReadFiles inputs = contents.inputs(folder, files, before.inputs());
    Fingerprint now = asked(folder, inputs, predecessors);
    notes.addAll(inputs.unreadable(FolderElements.INPUT));
    if (!inputs.unreadable().isEmpty()) {
      return Optional.empty();
    }
    notes.addAll(Changes.meanwhile(predicted, now));
    return Optional.of(
        new LastGood(
                folder.name(),
                before.asked(),
                made(files, predicted.checksum(), outputs),
                before.inputs(),
                files.outputs().map(declaration -> outputs.contents()))
            .withStampsOf(inputs.contents()));
  }

  /** What a folder asked for when it was checked. */
  private LastGood checked(FolderName folder) {
    byte[] line = asked.remove(folder);
    try {
      Optional<LastGood> found =
          line == null
              ? store.find(folder).map(FingerprintStore.Kept::record)
              : Optional.of(LastGoodJson.read(line, 0, line.length - 1));
      return found
          .filter(record -> record.asked().isPresent())
          .orElseThrow(() -> new IllegalStateException("'" + folder + "' was not checked"));
    } catch (BadLine e) {
      throw new IllegalStateException("'" + folder + "' was not checked", e);
    }
  }

  /** What was in the outputs of a folder when it was recorded last. */
  private SortedMap<String, Content> known(FolderName folder) {
    try {
      return store.find(folder).flatMap(kept -> kept.record().outputs()).orElse(NO_FILES);
    } catch (BadLine e) {
      return NO_FILES;
    }
  }

  @Override
  public Optional<Digest> made(JobFolder folder) {
    Declared files = declared.apply(folder);
    if (files.outputs().isPresent()) {
      ReadFiles outputs = outputs(folder, files, known(folder.name()));
      return outputs.unreadable().isEmpty()
          ? Optional.of(made(files, anyDigest(), outputs))
          : Optional.empty();
    }
    try {
      return store
          .find(folder.name())
          .filter(kept -> !kept.isOpen())
          .map(kept -> kept.record().made());
    } catch (BadLine e) {
      return Optional.empty();
    }
  }

  private ReadFiles outputs(JobFolder folder, Declared files, SortedMap<String, Content> known) {
    return contents.outputs(folder, files.outputs().orElse(List.of()), known);
  }

  private Fingerprint asked(JobFolder folder, ReadFiles inputs, List<Predecessor> predecessors) {
    return FolderElements.asked(folder, root.toString(), inputs.digests(), predecessors);
  }

  /** Equal to no other. */
  private Digest anyDigest() {
    byte[] bytes = new byte[Digest.BYTES];
    random.nextBytes(bytes);
    return Digest.of(bytes);
  }

  @Override
  public void flush() {
    store.flush();
  }

  @Override
  public void close() {
    store.close();
  }
}
