package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.RefusedException;
import org.jobfold.print.Digest;
import org.jobfold.spi.NotWrittenException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintStoreTest {
  private static final JournalFile.Growth NEVER = new JournalFile.Growth(1 << 30, 4);
  private static final JournalFile.Growth SOON = new JournalFile.Growth(1500, 2);
  private static final List<String> FOLDERS = List.of("/a", "/b", "/c \"d\"", "/\ud800", "/");

  private final Path root;
  private final List<String> notes = new ArrayList<>();

  FingerprintStoreTest(@TempDir Path root) {
    this.root = root;
  }

  @Test
  void whatIsSavedIsFoundAtOnceAndLater() throws BadLine {
    try (FingerprintStore store = open(JournalDisk.REAL, root, NEVER)) {
      for (String folder : FOLDERS) {
        store.save(Records.of(folder, 1));
        assertThat(found(store, folder)).contains(Records.of(folder, 1));
      }
      store.flush();
      assertThat(found(store, "/a")).contains(Records.of("/a", 1));
      store.save(Records.of("/a", 2));
      assertThat(found(store, "/a")).contains(Records.of("/a", 2));
      assertThat(found(store, "/b")).contains(Records.of("/b", 1));
      assertThat(found(store, "/none")).isEmpty();
    }
    try (FingerprintStore store = open(JournalDisk.REAL, root, NEVER)) {
      assertThat(found(store, "/a")).contains(Records.of("/a", 2));
      for (String folder : FOLDERS.subList(1, FOLDERS.size())) {
        assertThat(found(store, folder)).contains(Records.of(folder, 1));
      }
    }
    assertThat(notes).isEmpty();
  }

  @Test
  void aRecordWithoutAFingerprintOrOutputs() throws BadLine {
    LastGood plain =
        new LastGood(
            new FolderName("/a"),
            Optional.empty(),
            new Digest(1, 2, 3, 4),
            new TreeMap<>(),
            Optional.empty());
    LastGood none =
        new LastGood(
            new FolderName("/b"),
            Optional.empty(),
            new Digest(1, 2, 3, 4),
            new TreeMap<>(),
            Optional.of(new TreeMap<>()));
    try (FingerprintStore store = open(JournalDisk.REAL, root, NEVER)) {
      store.save(plain);
      store.save(none);
      assertThat(found(store, "/a")).contains(plain);
      assertThat(found(store, "/b")).contains(none);
    }
  }

  @Test
  void whatIsBegunIsOpenUntilItIsSavedAgain() throws BadLine {
    try (FingerprintStore store = open(JournalDisk.REAL, root, NEVER)) {
      store.save(Records.of("/a", 1));
      store.save(Records.of("/b", 1));
      store.begin(new FolderName("/a"));
      store.begin(new FolderName("/none"));
      assertThat(isOpen(store, "/a")).isTrue();
      // another process sees it before anything is flushed
      assertThat(isOpen(open(JournalDisk.REAL, root, NEVER), "/a")).isTrue();
    }
    try (FingerprintStore store = open(JournalDisk.REAL, root, NEVER)) {
      assertThat(isOpen(store, "/a")).isTrue();
      assertThat(isOpen(store, "/b")).isFalse();
      store.save(Records.of("/a", 2));
    }
    try (FingerprintStore store = open(JournalDisk.REAL, root, NEVER)) {
      assertThat(isOpen(store, "/a")).isFalse();
    }
  }

  @Test
  void everyPrefixHasTheWholeRecords() throws IOException, BadLine {
    byte[] whole = filled();
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < whole.length; i++) {
      if (whole[i] == '\n') {
        ends.add(i + 1);
      }
    }
    for (int length = 0; length <= whole.length; length += 61) {
      Path directory = Files.createDirectory(root.resolve("prefix-" + length));
      Files.write(directory.resolve(FingerprintStore.FILE), Arrays.copyOf(whole, length));
      int lines = 0;
      for (int end : ends) {
        lines += end <= length ? 1 : 0;
      }
      try (FingerprintStore store = open(JournalDisk.REAL, directory, NEVER)) {
        assertThat(store.size()).isEqualTo(Math.max(0, lines - 1));
        store.save(Records.of("/new", 9));
      }
      try (FingerprintStore store = open(JournalDisk.REAL, directory, NEVER)) {
        assertThat(found(store, "/new")).contains(Records.of("/new", 9));
        assertThat(store.size()).isEqualTo(Math.max(0, lines - 1) + 1);
      }
    }
    assertThat(notes).isEmpty();
  }

  @Test
  void aFlippedBitNeverMakesAnotherRecord() throws IOException, BadLine {
    byte[] whole = filled();
    for (int at = 60; at < whole.length; at += 7) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 4;
      Files.write(root.resolve(FingerprintStore.FILE), flipped);
      try (FingerprintStore store = view()) {
        for (String folder : FOLDERS) {
          found(store, folder)
              .ifPresent(record -> assertThat(record).isEqualTo(Records.of(folder, 1)));
        }
      }
    }
  }

  @Test
  void whatIsNoFingerprintsIsKeptAsideAndSaid() throws IOException {
    for (String text : List.of("hello\n", "hello", "{}\n", "\0\0\0\0\n")) {
      notes.clear();
      Files.writeString(root.resolve(FingerprintStore.FILE), text);
      try (FingerprintStore store = open(JournalDisk.REAL, root, NEVER)) {
        assertThat(store.size()).isZero();
        store.save(Records.of("/a", 1));
      }
      assertThat(notes).singleElement().asString().contains("all folders with inputs run again");
      assertThat(Files.readString(root.resolve("fingerprints.damaged"))).isEqualTo(text);
      try (FingerprintStore store = open(JournalDisk.REAL, root, NEVER)) {
        assertThat(store.size()).isEqualTo(1);
      }
      assertThat(notes).hasSize(1);
    }
  }

  @Test
  void aNewerVersionIsRefused() throws IOException {
    LineBuffer newer = new LineBuffer();
    newer.writeBytes("{\"jobfold-fingerprints\":2}".getBytes(StandardCharsets.UTF_8));
    Checksum.seal(newer, 0);
    newer.write('\n');
    Files.write(root.resolve(FingerprintStore.FILE), newer.toByteArray());
    assertThatThrownBy(() -> open(JournalDisk.REAL, root, NEVER))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("version 2 of their format, this jobfold reads up to 1");
  }

  @Test
  void aFileThatGrowsIsBegunAnewWithWhatCountsAndIsThere() throws IOException, BadLine {
    try (FingerprintStore store =
        FingerprintStore.open(
            JournalDisk.REAL,
            root,
            SOON,
            FingerprintStore.Access.WRITE,
            folder -> !folder.path().equals("/gone"),
            notes::add)) {
      store.save(Records.of("/gone", 1));
      store.save(Records.of("/open", 1));
      store.begin(new FolderName("/open"));
      for (int i = 0; i < 50; i++) {
        store.save(Records.of("/a", i));
        store.flush();
        assertThat(Files.size(root.resolve(FingerprintStore.FILE))).isLessThan(10_000);
      }
      assertThat(found(store, "/a")).contains(Records.of("/a", 49));
    }
    try (FingerprintStore store = open(JournalDisk.REAL, root, SOON)) {
      assertThat(found(store, "/a")).contains(Records.of("/a", 49));
      assertThat(isOpen(store, "/open")).isTrue();
      assertThat(found(store, "/gone")).isEmpty();
    }
  }

  @Test
  void aWriteThatFailsIsSaidOnceAndMadeUpForLater() throws BadLine, IOException {
    for (FaultyDisk.Fault fault :
        List.of(FaultyDisk.Fault.FAILS, FaultyDisk.Fault.FAILS_HALF_WAY, FaultyDisk.Fault.SHORT)) {
      for (int step = 0; step < 12; step++) {
        notes.clear();
        Path directory = Files.createDirectory(root.resolve(fault + "-" + step));
        try (FingerprintStore store = open(new FaultyDisk(fault, step), directory, NEVER)) {
          for (int i = 0; i < 4; i++) {
            for (String folder : FOLDERS) {
              store.save(Records.of(folder, i));
            }
            store.flush();
            assertThat(found(store, "/b")).contains(Records.of("/b", i));
          }
        }
        assertThat(notes.size()).isLessThanOrEqualTo(1);
        try (FingerprintStore store = open(JournalDisk.REAL, directory, NEVER)) {
          for (String folder : FOLDERS) {
            assertThat(found(store, folder)).contains(Records.of(folder, 3));
          }
        }
      }
    }
  }

  /** A process that dies at any step: no record comes back that was begun, or replaced. */
  @Test
  void whereTheProcessDiesNoOlderRecordComesBack() throws IOException, BadLine {
    for (int step = 0; step < 60; step++) {
      Path directory = Files.createDirectory(root.resolve("crash-" + step));
      int saved = -1;
      int begun = -1;
      boolean died = false;
      notes.clear();
      FingerprintStore store = open(new FaultyDisk(FaultyDisk.Fault.CRASH, step), directory, SOON);
      try {
        for (int i = 0; i < 10; i++) {
          store.begin(new FolderName("/a"));
          begun = i;
          store.save(Records.of("/a", i));
          store.flush();
          saved = i;
        }
      } catch (FaultyDisk.Crash crash) {
        died = true;
      }
      try (FingerprintStore after = open(JournalDisk.REAL, directory, NEVER)) {
        Optional<FingerprintStore.Kept> kept = after.find(new FolderName("/a"));
        if (saved >= 0 && notes.isEmpty()) {
          assertThat(kept).as("step %d", step).isPresent();
        }
        if (kept.isPresent() && !kept.get().isOpen()) {
          // only the last that was begun, or the one before while the next was not
          assertThat(List.of(Records.of("/a", begun), Records.of("/a", saved)))
              .as("step %d", step)
              .contains(kept.get().record());
          if (begun > saved) {
            assertThat(kept.get().record()).isEqualTo(Records.of("/a", begun));
          }
        }
      }
      if (!died) {
        assertThat(step).isGreaterThan(10);
        return;
      }
    }
  }

  @Test
  void aFolderIsNotBegunIfThatCanNotBeWritten() throws IOException {
    filled();
    FaultyDisk disk = new FaultyDisk(FaultyDisk.Fault.FAILS, 1);
    FingerprintStore store = open(disk, root, NEVER);
    assertThatThrownBy(() -> store.begin(new FolderName("/a")))
        .isInstanceOf(NotWrittenException.class)
        .hasMessage(
            "the fingerprints '"
                + root.resolve(FingerprintStore.FILE)
                + "' can not be written (no space left on device): make room");
    store.begin(new FolderName("/a"));
    store.close();
  }

  @Test
  void whereAnotherWritesThisOneStops() throws IOException, BadLine {
    filled();
    FingerprintStore late = open(JournalDisk.REAL, root, NEVER);
    try (FingerprintStore next = open(JournalDisk.REAL, root, NEVER)) {
      next.save(Records.of("/next", 1));
    }
    late.save(Records.of("/late", 1));
    late.close();
    assertThat(notes).singleElement().asString().contains("another run writes to it");
    try (FingerprintStore store = open(JournalDisk.REAL, root, NEVER)) {
      assertThat(found(store, "/next")).isPresent();
      assertThat(found(store, "/late")).isEmpty();
    }
  }

  @Test
  void theVectorOfTheFormatPage() throws IOException, BadLine {
    Path vector = Path.of("src/test/resources/fingerprints/three-folders.jsonl");
    Files.copy(vector, root.resolve(FingerprintStore.FILE));
    try (FingerprintStore store = view()) {
      assertThat(found(store, "/si/a5.43")).contains(Records.of("/si/a5.43", 1));
      assertThat(isOpen(store, "/begun")).isTrue();
      assertThat(found(store, "/says-nothing").orElseThrow().asked()).isEmpty();
      assertThat(store.size()).isEqualTo(3);
    }
    assertThat(Files.readString(Path.of("docs/formats/fingerprints.md")))
        .contains(Files.readString(vector));
    Path written = Files.createDirectory(root.resolve("written"));
    writeVector(written);
    assertThat(Files.readString(written.resolve(FingerprintStore.FILE)))
        .isEqualTo(Files.readString(vector));
  }

  private void writeVector(Path directory) {
    try (FingerprintStore store = open(JournalDisk.REAL, directory, NEVER)) {
      store.save(Records.of("/begun", 1));
      store.save(Records.of("/si/a5.43", 0));
      store.begin(new FolderName("/begun"));
      store.save(Records.of("/si/a5.43", 1));
      store.save(
          new LastGood(
              new FolderName("/says-nothing"),
              Optional.empty(),
              new Digest(1, 2, 3, 4),
              new TreeMap<>(Map.of()),
              Optional.empty()));
    }
  }

  private byte[] filled() throws IOException {
    try (FingerprintStore store = open(JournalDisk.REAL, root, NEVER)) {
      FOLDERS.forEach(folder -> store.save(Records.of(folder, 1)));
    }
    return Files.readAllBytes(root.resolve(FingerprintStore.FILE));
  }

  private static Optional<LastGood> found(FingerprintStore store, String folder) throws BadLine {
    return store.find(new FolderName(folder)).map(FingerprintStore.Kept::record);
  }

  private static boolean isOpen(FingerprintStore store, String folder) throws BadLine {
    return store.find(new FolderName(folder)).orElseThrow().isOpen();
  }

  private FingerprintStore view() {
    return FingerprintStore.open(
        JournalDisk.REAL, root, NEVER, FingerprintStore.Access.READ, folder -> true, notes::add);
  }

  private FingerprintStore open(JournalDisk disk, Path directory, JournalFile.Growth growth) {
    return FingerprintStore.open(
        disk, directory, growth, FingerprintStore.Access.WRITE, folder -> true, notes::add);
  }
}
