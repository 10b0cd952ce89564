package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jobfold.folder.Command;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Settings;
import org.jobfold.print.Check;
import org.jobfold.print.Declared;
import org.jobfold.print.Reason;
import org.jobfold.spi.Fingerprints;
import org.jobfold.spi.FingerprintsContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeFingerprintsTest extends FingerprintsContract {
  private final Path base;
  private Path root;
  private final List<String> notes = new ArrayList<>();
  private final Set<FolderName> jobFolders = new HashSet<>(Set.of(A.name()));

  TreeFingerprintsTest(@TempDir Path base) throws IOException {
    this.base = base.toRealPath();
    this.root = this.base.resolve("tree");
    Files.createDirectories(root.resolve("a"));
    Files.createDirectory(root.resolve(".jobfold"));
  }

  @Override
  protected void write(JobFolder folder, String file, String text) {
    write(folder.name().relative() + "/" + file, text);
  }

  private void write(String file, String text) {
    try {
      Files.createDirectories(root.resolve(file).getParent());
      Files.writeString(root.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected void delete(JobFolder folder, String file) {
    try {
      Files.delete(root.resolve(folder.name().relative()).resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Fingerprints open(Declared declared) {
    return TreeFingerprints.of(root, folder -> declared, jobFolders::contains, notes::add);
  }

  @Test
  void aTreeThatIsMovedRunsNothing() throws IOException {
    JobFolder folder = JobFolder.shell("/a", "x " + root + "/bin/y");
    write("a/in", "1");
    write("common/pot", "2");
    write("a/out", "3");
    Declared declared =
        Declared.reading("in", "../common/*", root + "/common/pot").withOutputs("out");
    run(folder, declared);
    Path moved = base.resolve("moved");
    Files.move(root, moved);
    root = moved;
    JobFolder there = JobFolder.shell("/a", "x " + root + "/bin/y");
    Declared declaredThere =
        Declared.reading("in", "../common/*", root + "/common/pot").withOutputs("out");
    assertThat(why(there, declaredThere)).isEmpty();
    write("common/pot", "other");
    assertThat(why(there, declaredThere)).containsExactly("input ../common/pot changed");
  }

  @Test
  void aTreeThatIsCopiedRunsNothing() throws IOException {
    write("a/in", "1");
    run(A, READS);
    Path copy = base.resolve("copy");
    Files.createDirectories(copy.resolve("a"));
    Files.createDirectories(copy.resolve(".jobfold"));
    for (String file : List.of("a/in", ".jobfold/fingerprints.jsonl")) {
      Files.copy(root.resolve(file), copy.resolve(file));
    }
    root = copy;
    assertThat(why(A, READS)).isEmpty();
  }

  @Test
  void aNewFileOfAGlobIsSeenAndOneThatIsGone() throws IOException {
    Declared globs = Declared.reading("in.*", "data/**/*.dat");
    write("a/in.1", "1");
    run(A, globs);
    assertThat(why(A, globs)).isEmpty();
    write("a/data/deep/er/x.dat", "2");
    write("a/in.2", "2");
    assertThat(why(A, globs))
        .containsExactly("input data/deep/er/x.dat is new", "input in.2 is new");
    run(A, globs);
    Files.delete(root.resolve("a/in.1"));
    assertThat(why(A, globs)).containsExactly("input in.1 is gone");
  }

  @Test
  void outputsOfAGlob() throws IOException {
    Declared globs = Declared.reading().withOutputs("out.*", "dir");
    write("a/out.1", "1");
    write("a/dir/x", "1");
    run(A, globs);
    assertThat(why(A, globs)).isEmpty();
    write("a/out.2", "2");
    assertThat(why(A, globs)).containsExactly("output out.2 is new");
    Files.delete(root.resolve("a/out.2"));
    Files.delete(root.resolve("a/out.1"));
    Files.delete(root.resolve("a/dir/x"));
    assertThat(why(A, globs))
        .containsExactly("output dir/x is not there", "output out.1 is not there");
  }

  @Test
  void whatAFolderWritesIsNoInputOfIt() {
    Declared all = Declared.reading("*").withOutputs("log.*");
    JobFolder folder = A.with(Settings.DEFAULT.withStreams(Optional.empty(), "screen", "stderr"));
    write("a/in", "1");
    run(folder, all);
    for (String own :
        List.of("log.1", "screen", "screen.1", "stderr", "stderr.12", "relax.stdout", "job.yaml")) {
      write("a/" + own, "x");
    }
    assertThat(why(folder, all)).containsExactly("output log.1 is new");
    write("a/screen2", "x");
    assertThat(why(folder, all)).containsExactly("input screen2 is new");
  }

  @Test
  void standardInputTheProgramAndTheMatchedFileAreInputsToo() {
    JobFolder folder =
        JobFolder.of(
            "/a",
            new Functional.Program(new Command.Exec(List.of("../bin/code", "x/y"))),
            Settings.DEFAULT.withStreams(Optional.of("from"), "stdout", "stderr"));
    Declared declared = Declared.reading().withAlso("in [1]*.melt");
    for (String file : List.of("a/from", "bin/code", "a/in [1]*.melt", "a/x/y")) {
      write(file, "1");
    }
    run(folder, declared);
    for (String file : List.of("a/from", "bin/code", "a/in [1]*.melt", "a/x/y")) {
      write(file, "other");
    }
    assertThat(why(folder, declared))
        .containsExactly(
            "input ../bin/code changed", "input from changed", "input in [1]*.melt changed");
  }

  @Test
  void theClassesOfACallAreInputs() {
    JobFolder call =
        JobFolder.of(
            "/a",
            new Functional.Call("Main", List.of("classes", "/usr/lib/x.jar"), List.of()),
            Settings.DEFAULT);
    write("a/classes/Main.class", "1");
    run(call, Declared.reading());
    write("a/classes/Main.class", "2");
    assertThat(why(call, Declared.reading())).containsExactly("input classes/Main.class changed");
  }

  @Test
  void anInputThatCanNotBeReadMakesAFolderRun() throws IOException {
    write("a/in", "1");
    run(A, READS);
    Files.delete(root.resolve("a/in"));
    Files.createSymbolicLink(root.resolve("a/in"), Path.of("in"));
    assertThat(why(A, READS)).singleElement().asString().startsWith("input in can not be read (");
    try (Fingerprints prints = open(READS)) {
      prints.check(A, List.of());
      prints.begins(A.name());
      assertThat(prints.succeeded(A, List.of()).orElseThrow().notes())
          .singleElement()
          .extracting(Reason::kind)
          .isEqualTo(Reason.Kind.UNREADABLE);
    }
    Files.delete(root.resolve("a/in"));
    write("a/in", "1");
    assertThat(why(A, READS))
        .containsExactly("it was begun again after its last success, and did not succeed");
  }

  @Test
  void aDirectoryThatMayNotBeListedMakesAFolderRun() throws IOException {
    Path closed = Files.createDirectories(root.resolve("a/data"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      Declared globs = Declared.reading("data/*");
      if (Files.isReadable(closed)) {
        run(A, globs); // root may read all
        assertThat(why(A, globs)).isEmpty();
      } else {
        assertThat(why(A, globs)).contains("input data can not be read (permission denied)");
      }
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void damageCostsARunAndIsSaid() throws IOException {
    write("a/in", "1");
    write("b/in", "1");
    JobFolder b = JobFolder.shell("/b", "true");
    run(A, READS);
    run(b, READS);
    Path store = root.resolve(".jobfold/fingerprints.jsonl");
    Files.writeString(store, Files.readString(store).replace("\"/a\"", "\"/b\""));
    assertThat(why(A, READS)).containsExactly("there is no record of a success");
    assertThat(notes)
        .containsExactly(
            "the fingerprints '"
                + store
                + "': line 2 is damaged (its checksum is wrong): what was recorded there runs again");
    assertThat(why(b, READS)).isEmpty();
  }

  @Test
  void damageToTheLastRecordDoesNotBringAnEarlierOneBack() throws IOException {
    write("a/in", "1");
    run(A, READS);
    write("a/in", "2");
    run(A, READS);
    write("a/in", "1");
    Path store = root.resolve(".jobfold/fingerprints.jsonl");
    List<String> lines = Files.readAllLines(store);
    assertThat(lines).hasSize(3);
    lines.set(2, lines.get(2).replace("/a", "/x"));
    Files.write(store, lines);
    assertThat(why(A, READS)).containsExactly("there is no record of a success");
  }

  @Test
  void lookingWritesNothing() throws IOException {
    write("a/in", "1");
    run(A, READS);
    Path store = root.resolve(".jobfold/fingerprints.jsonl");
    byte[] before = Files.readAllBytes(store);
    try (Fingerprints view =
        TreeFingerprints.view(root, folder -> READS, jobFolders::contains, notes::add)) {
      assertThat(view.check(A, List.of())).isInstanceOf(Check.NeedNotRun.class);
      write("a/in", "2");
      assertThat(view.check(A, List.of())).isInstanceOf(Check.MustRun.class);
    }
    assertThat(Files.readAllBytes(store)).isEqualTo(before);
  }

  @Test
  void aLargeFileIsReadOnce() {
    write("a/in", "x".repeat(3 << 20));
    write("a/out", "y".repeat(3 << 20));
    AtomicInteger opened = new AtomicInteger();
    for (int round = 0; round < 3; round++) {
      try (Fingerprints prints = counting(BOTH, opened)) {
        if (prints.check(A, List.of()) instanceof Check.MustRun) {
          prints.begins(A.name());
          prints.succeeded(A, List.of());
        }
        assertThat(prints.check(A, List.of())).isInstanceOf(Check.NeedNotRun.class);
      }
    }
    assertThat(opened).hasValue(2);
  }

  private Fingerprints counting(Declared declared, AtomicInteger opened) {
    Path directory = root.resolve(".jobfold");
    ContentReader reader =
        new ContentReader(
            file -> {
              opened.incrementAndGet();
              return ContentReader.Source.FILES.open(file);
            },
            FileClock.of(directory));
    FingerprintStore store =
        FingerprintStore.open(
            JournalDisk.REAL,
            directory,
            JournalFile.Growth.STANDARD,
            FingerprintStore.Access.WRITE,
            folder -> true,
            notes::add);
    return new TreeFingerprints(
        root, folder -> declared, new FolderContents(root, jobFolders::contains, reader), store);
  }

  private void run(JobFolder folder, Declared declared) {
    try (Fingerprints prints = open(declared)) {
      prints.check(folder, List.of());
      prints.begins(folder.name());
      prints.succeeded(folder, List.of());
    }
  }

  private List<String> why(JobFolder folder, Declared declared) {
    try (Fingerprints prints = open(declared)) {
      return prints.check(folder, List.of()) instanceof Check.MustRun must
          ? must.reasons().stream().map(Reason::text).toList()
          : List.of();
    }
  }
}
