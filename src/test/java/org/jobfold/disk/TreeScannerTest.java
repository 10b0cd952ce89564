package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jobfold.folder.Command;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which directories are job folders. */
class TreeScannerTest {
  private final Path root;
  private final DiskTree tree;

  TreeScannerTest(@TempDir Path root) {
    this.root = root;
    tree = DiskTree.in(root);
  }

  @Test
  void anEmptyTree() {
    assertThat(tree.scan()).isEqualTo(new Scan(JobTree.EMPTY, List.of(), List.of()));
  }

  @Test
  void anExecutableFileNamedRun() {
    tree.script("run").script("a/run.sh").script("b/run").script("b/run.sh");

    assertThat(tree.scan().tree().folders())
        .containsExactly(run("/", "./run"), run("/a", "./run.sh"), run("/b", "./run"));
    assertThat(tree.scan().problems()).isEmpty();
    assertThat(tree.scan().notes()).isEmpty();
  }

  @Test
  void aParamOfTheRunThatNoFolderFileHasIsNoted() {
    tree.file("job.yaml", "params: {temperature: 1}").file("a/job.yaml", "command: 'true'");

    assertThat(tree.scan(Map.of("temprature", "3")).notes())
        .extracting(Note::text)
        .contains("--param: no folder file has a param 'temprature': did you mean 'temperature'?");
    assertThat(tree.scan(Map.of("temperature", "3")).notes())
        .noneMatch(note -> note.kind() == Note.Kind.STRANGE_PARAM);
  }

  @Test
  void aStepMayRunWhatAnEarlierOneBuilds() {
    tree.file(
        "a/job.yaml",
        "steps:\n- {name: build, command: make}\n- {name: go, command: ./program}\n- {name: no, command: no-such-program}");

    assertThat(tree.scan().problems())
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.text()).contains("steps(2).command", "no-such-program"));
  }

  @Test
  void whatATaggedFolderWouldNeedItNeedNotHave() {
    tree.file("a/job.yaml", "command: no-such-program\nstdin: not-there")
        .file("a/" + TagMarker.NAME, "")
        .file("b/job.yaml", "command: no-such-program\ntagged: true");

    assertThat(tree.scan().problems()).isEmpty();
    assertThat(tree.scan().tree().folders()).hasSize(2).allMatch(JobFolder::tagged);
  }

  @Test
  void runIsTheCommandOfAFileThatNamesNone() {
    tree.file("a/job.yaml", "ranks: 2")
        .script("a/run")
        .file("b/job.yaml", "command: 'true'")
        .script("b/run")
        .file("c/job.yaml", "call: {class: my.Call}")
        .script("c/run");

    assertThat(tree.folder("/a")).isEqualTo(run("/a", "./run").with(Settings.DEFAULT.withRanks(2)));
    assertThat(tree.folder("/b")).isEqualTo(JobFolder.shell("/b", "true"));
    assertThat(tree.folder("/c").functional())
        .isEqualTo(new Functional.Call("my.Call", List.of(), List.of()));
  }

  @Test
  void foldersInsideOneAnotherInTheOrderOfTheirNames() {
    for (String name : List.of("b/a", "a b", "a", "a/c/d", "b", "B", "\u00e4", "a-b")) {
      tree.script(name + "/run");
    }

    assertThat(tree.names())
        .containsExactly("/B", "/a", "/a/c/d", "/a b", "/a-b", "/b", "/b/a", "/\u00e4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "two words",
        "it's",
        "\"",
        "new\nline",
        "-rf",
        "$HOME",
        "${x}",
        "*",
        "?",
        "\\",
        "a=b",
        "#x",
        "\u00fc\u00df\u4e2d\ud83d\ude00",
        "~",
        "run",
        "job.yaml",
        "a..."
      })
  void awkwardNames(String name) {
    tree.file(name + "/job.yaml", "command: echo \"${folder:base}\"\nstdout: ${folder:base}.out")
        .script(name + "/below/run");

    assertThat(tree.names()).containsExactly("/" + name, "/" + name + "/below");
    assertThat(tree.folder("/" + name).functional().text()).isEqualTo("echo \"" + name + "\"");
  }

  @Test
  void aNameThatThisJvmCanNotRepresent() throws IOException, InterruptedException {
    int made =
        new ProcessBuilder(
                "/bin/sh", "-c", "mkdir \"$(printf 'caf\\351')\" \"$(printf 'caf\\303')\"")
            .directory(root.toFile())
            .start()
            .waitFor();
    assertThat(made).isZero();

    assertThat(tree.problems())
        .hasSize(1)
        .allSatisfy(
            text ->
                assertThat(text)
                    .isEqualTo(
                        "caf\ufffd: has a name that is not valid in the encoding UTF-8: rename it,"
                            + " or set LC_ALL to a locale whose encoding it is in"));
  }

  @Test
  void linksToDirectoriesAreNotFollowedLinksToFilesAre() throws IOException {
    tree.script("a/run").script("elsewhere/go").file("elsewhere/settings", "command: 'true'");
    Files.createSymbolicLink(root.resolve("circle"), Path.of("."));
    Files.createSymbolicLink(root.resolve("b"), Path.of("a"));
    Files.createSymbolicLink(root.resolve("nowhere"), Path.of("gone"));
    Files.createDirectory(root.resolve("c"));
    Files.createSymbolicLink(root.resolve("c/run"), Path.of("../elsewhere/go"));
    Files.createDirectory(root.resolve("d"));
    Files.createSymbolicLink(root.resolve("d/job.yaml"), Path.of("../elsewhere/settings"));
    Files.createDirectory(root.resolve("e"));
    Files.createSymbolicLink(root.resolve("e/run"), Path.of("../a"));
    Files.createDirectory(root.resolve("f"));
    Files.createSymbolicLink(root.resolve("f/run"), Path.of("gone"));

    assertThat(tree.names()).containsExactly("/a", "/c", "/d");
    assertThat(tree.notes())
        .containsExactly(
            "b: symbolic link to a directory, not followed: move the directory here to run it",
            "circle: symbolic link to a directory, not followed: move the directory here to run it",
            "e/run: symbolic link to a directory, not followed: move the directory here to run it",
            "f/run: not executable: chmod +x it to run it");
  }

  @Test
  void theRootMayBeALink() throws IOException {
    tree.script("real/a/run");
    Path link = Files.createSymbolicLink(root.resolve("link"), Path.of("real"));

    assertThat(DiskTree.in(link).names()).containsExactly("/a");
  }

  @Test
  void whyTheRestWouldNotRun() {
    tree.file("job.yaml", "ranks: 2")
        .script("a/run.sh", "rw-r--r--")
        .script("b/run")
        .file("b/" + TagMarker.NAME, "")
        .file("c/job.yaml", "command: 'true'\ntagged: true")
        .script(".git/run")
        .script(".jobfold/run")
        .script("b/.jobfold/run")
        .file(".hidden", "")
        .file("plain/file", "");
    Scan scan = tree.scan();

    assertThat(scan.problems()).isEmpty();
    assertThat(scan.tree().folders().stream().map(f -> f.name() + " " + f.tagged()))
        .containsExactly("/b true", "/c true");
    assertThat(tree.notes())
        .containsExactly(
            ".: nothing to run: only settings for folders below",
            ".: 1 hidden directory was not entered",
            "a/run.sh: not executable: chmod +x it to run it",
            "b: tagged: untag it to run it",
            "c: tagged by its folder file: take out 'tagged' to run it");
  }

  @Test
  void asDeepAsPathsCanBe() throws IOException {
    Deque<Path> made = new ArrayDeque<>(List.of(root));
    while (made.element().toString().length() < 4000) {
      made.push(Files.createDirectory(made.element().resolve("d")));
    }
    tree.script(root.relativize(made.element()) + "/run");
    made.push(made.element().resolve("run"));

    assertThat(tree.names()).hasSize(1);

    // JUnit takes minutes for it.
    made.removeLast();
    for (Path path : made) {
      Files.delete(path);
    }
  }

  @Test
  void aScriptThatOthersMayExecuteIsAskedFor() {
    tree.script("a/run", "rwx------").script("b/run", "rw-------");

    assertThat(tree.names()).containsExactly("/a");
  }

  @Test
  void readsTheTreeAsItIsNow() throws IOException {
    TreeScanner scanner = new TreeScanner(root, tree.options());
    assertThat(scanner.read(Map.of()).size()).isZero();

    tree.script("a/run");
    assertThat(scanner.read(Map.of()).size()).isEqualTo(1);

    Files.delete(root.resolve("a/run"));
    assertThat(scanner.read(Map.of()).size()).isZero();
  }

  @Test
  void namesFilesAsTheUserNamesTheTree() throws IOException {
    tree.file("sub/job.yaml", "ranks: x");
    Path relative = Path.of("").toAbsolutePath().relativize(root.toRealPath());

    assertThat(new TreeScanner(relative, tree.options()).scan(Map.of()).problems().get(0).place())
        .isEqualTo(relative + "/sub/job.yaml");
  }

  @Test
  void foldersThatComeAndGoMeanwhile() throws Exception {
    tree.script("stays/run");
    Thread churn =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                for (int i = 0; i < 20; i++) {
                  tree.script("d" + i + "/e/run").file("d" + i + "/job.yaml", "ranks: 2");
                }
                for (int i = 0; i < 20; i++) {
                  delete("d" + i + "/e/run", "d" + i + "/e", "d" + i + "/job.yaml", "d" + i);
                }
              }
            });
    churn.start();
    try {
      for (int i = 0; i < 50; i++) {
        Scan scan = tree.scan();
        assertThat(scan.problems()).isEmpty();
        assertThat(scan.tree().folders().stream().map(f -> f.name().path())).contains("/stays");
      }
    } finally {
      churn.interrupt();
      churn.join();
    }
  }

  private void delete(String... names) {
    try {
      for (String name : names) {
        Files.delete(root.resolve(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JobFolder run(String name, String program) {
    return JobFolder.of(
        name, new Functional.Program(new Command.Exec(List.of(program))), Settings.DEFAULT);
  }
}
