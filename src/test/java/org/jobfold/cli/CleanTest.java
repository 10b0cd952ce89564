package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code jobfold clean}: what is jobfold's goes, what is the user's stays. */
@Timeout(240)
class CleanTest {
  private Tree tree;
  private Path elsewhere = Path.of("/");

  @BeforeEach
  void make(@TempDir Path directory, @TempDir Path outside) {
    tree = new Tree(directory);
    elsewhere = outside;
  }

  @Test
  void removesTheStateAndThenTheTreeHasNotBeenRun() {
    tree.folder("a", "command: echo ran");
    List<String> before = tree.all();
    jobfold("run", tree.root()).run();
    jobfold("resume", tree.root()).run();
    InProcess dry = clean("--dry-run");
    assertThat(dry.out())
        .contains(
            tree.at(".jobfold/journal.1.jsonl") + "\n",
            tree.at(".jobfold/journal.2.jsonl") + "\n",
            tree.at(".jobfold/options.json") + "\n");
    assertThat(dry.err()).startsWith("3 files, ").contains(" would be removed\n");
    assertThat(tree.at(".jobfold/journal.1.jsonl")).exists();
    InProcess clean = clean();
    assertThat(clean.code()).as(clean.err()).isZero();
    assertThat(clean.err()).startsWith("3 files, ").endsWith(" removed\n");
    assertThat(tree.all()).containsAll(before).contains("a/stdout").doesNotContain(".jobfold");
    assertThat(jobfold("resume", tree.root()).run().err()).contains("it has not been run");
    assertThat(clean().err()).isEqualTo("nothing to remove\n");
  }

  @Test
  void whatIsNotJobfoldsStays() throws IOException {
    tree.folder("a", "command: 'true'");
    jobfold("run", tree.root()).run();
    jobfold("tag", tree.root(), "/a").run();
    Path target = Files.writeString(elsewhere.resolve("results"), "{\"jobfold-journal\":1}\n");
    Path requests = Files.createDirectory(elsewhere.resolve("requests"));
    Files.writeString(requests.resolve("mine"), "{}");
    tree.file(".jobfold/journal.7.jsonl", "my own notes\n")
        .file(".jobfold/notes", "{\"jobfold-journal\":1}\n")
        .file(".jobfold/report.html", "<html>mine</html>")
        .file(".jobfold/fingerprints.1.jsonl", "{\"jobfold-fingerprints\":1,\"crc\":\"0\"}\n")
        .file(".jobfold/sub/journal.1.jsonl", "{\"jobfold-journal\":1}\n");
    Files.createSymbolicLink(tree.at(".jobfold/journal.9.jsonl"), target);
    // a run that takes long enough makes one, and leaves it
    Files.deleteIfExists(tree.at(".jobfold/inbox"));
    Files.createSymbolicLink(tree.at(".jobfold/inbox"), requests);
    InProcess clean = clean();
    assertThat(clean.code()).isZero();
    assertThat(clean.err()).contains(tree.at(".jobfold/notes") + " stays: it is not jobfold's\n");
    assertThat(tree.all())
        .contains(
            ".jobfold/journal.7.jsonl",
            ".jobfold/journal.9.jsonl",
            ".jobfold/notes",
            ".jobfold/report.html",
            ".jobfold/sub/journal.1.jsonl",
            ".jobfold/inbox",
            "a/.jobfold-tagged")
        .doesNotContain(
            ".jobfold/journal.1.jsonl", ".jobfold/fingerprints.1.jsonl", ".jobfold/lock");
    assertThat(target).exists();
    assertThat(requests.resolve("mine")).exists();
  }

  @Test
  void theLitterOfRunsThatWereKilledGoesToo() {
    tree.folder("a", "command: 'true'");
    jobfold("run", tree.root()).run();
    tree.file(".jobfold/lock.after.6f1c", "{\"jobfold-lock\":1,\"host\"")
        .file(".jobfold/lock.new.6f1c", "")
        .file(".jobfold/journal.2.6f1c.tmp", "{\"jobfold-jour")
        .file(".jobfold/inbox/1.json", "{\"jobfold-request\":1}\n");
    assertThat(clean().code()).isZero();
    assertThat(tree.at(".jobfold")).doesNotExist();
  }

  @Test
  void outputsGoOnlyWhereTheJournalProvesThatTheyAreThat() throws IOException {
    tree.folder("a", "command: echo ran")
        .folder("moved", "command: echo ran")
        .folder("steps", "steps: [{name: one, command: echo 1}, {name: two, command: echo 2}]")
        .folder("new", "command: echo ran")
        .folder("linked", "command: echo ran")
        .file("a/stdout", "written by hand before\n")
        .file("a/result", "precious\n");
    Cli.Ended run = jobfold("run", tree.root()).run();
    assertThat(run.code()).as(run.err()).isZero();
    Files.setLastModifiedTime(tree.at("new/stdout"), FileTime.from(Instant.now().plusSeconds(60)));
    Files.move(tree.at("linked/stdout"), elsewhere.resolve("stdout"));
    Files.createSymbolicLink(tree.at("linked/stdout"), elsewhere.resolve("stdout"));
    Files.move(tree.at("moved"), elsewhere.resolve("moved"));
    Files.createSymbolicLink(tree.at("moved"), elsewhere.resolve("moved"));
    Cli.Ended clean = jobfold("clean", tree.root(), "--outputs", "--json").run();
    assertThat(clean.code()).as(clean.err()).isZero();
    assertThat(tree.all())
        .contains("a/stdout.1", "a/result", "a/job.yaml", "new/stdout", "linked/stdout")
        .doesNotContain("a/stdout", "a/stderr", "steps/one.stdout", "steps/two.stderr");
    assertThat(tree.text("a/stdout.1")).isEqualTo("written by hand before\n");
    assertThat(elsewhere.resolve("stdout")).hasContent("ran");
    assertThat(elsewhere.resolve("moved/stdout")).hasContent("ran");
    JsonNode json = clean.json();
    assertThat(json.get("kept").toString())
        .contains("new/stdout", "linked/stdout", "moved/stdout", "outside of the tree");
    assertThat(json.get("removed")).hasSize(json.get("files").asInt());
    Documented.in("clean-json.md").covers(json);
  }

  @Test
  void outputsOfEarlierRunsGoTooThatALaterOneWentOnFrom() {
    tree.folder("a", "command: echo ran").folder("b", "command: test -e ../fixed");
    assertThat(jobfold("run", tree.root()).run().code()).isEqualTo(1);
    for (int again = 0; again < 2; again++) {
      assertThat(jobfold("resume", tree.root(), "--retry-failed").run().code()).isEqualTo(1);
    }
    InProcess clean = clean("--outputs");
    assertThat(clean.code()).isZero();
    assertThat(clean.err()).doesNotContain("does not name its files");
    assertThat(tree.all())
        .contains("b/stderr.1")
        .doesNotContain("a/stdout", "a/stderr", "b/stdout", "b/stderr", ".jobfold");
  }

  @Test
  void blockedFoldersThatNeverRanHaveNoOutputThatCouldStay() {
    tree.folder("a", "command: exit 1").folder("b", "command: 'true'", "depends: ../a");
    assertThat(jobfold("run", tree.root()).run().code()).isEqualTo(1);
    assertThat(clean("--outputs").err()).doesNotContain("does not name its files");
  }

  @Test
  void isRefusedWhileTheTreeIsBeingRun() {
    tree.folder("part/a", "command: echo > ../../began; read x < ../../go");
    tree.fifo("began").fifo("go");
    Cli.Started run = jobfold("run", tree.root()).start();
    tree.await("began", 1);
    List<String> before = tree.all();
    for (String[] options : new String[][] {{}, {"--dry-run"}, {"--outputs", "--break-lock"}}) {
      InProcess clean = clean(options);
      assertThat(clean.code()).isEqualTo(2);
      assertThat(clean.err()).contains("the tree is being run by process " + run.pid());
    }
    assertThat(tree.all()).isEqualTo(before);
    tree.release("go");
    assertThat(run.end().code()).isZero();
  }

  @Test
  void outputsAreNotRemovedWhileAPartOfTheTreeIsBeingRun() {
    tree.folder("part/a", "command: echo > ../../began; read x < ../../go")
        .folder("b", "command: 'true'");
    tree.fifo("began").fifo("go");
    Cli.Started whole = jobfold("run", tree.root()).start();
    tree.await("began", 1);
    tree.release("go");
    whole.end();
    Cli.Started part = jobfold("run", tree.at("part")).start();
    tree.await("began", 1);
    InProcess clean = clean("--outputs");
    assertThat(clean.code()).isEqualTo(2);
    assertThat(clean.err()).contains("which is a part of this one, is being run by process");
    assertThat(tree.at("b/stdout")).exists();
    tree.release("go");
    assertThat(part.end().code()).isZero();
  }

  @Test
  void theLockOfARunThatIsGoneGoesToo() throws IOException {
    tree.folder("a", "command: 'true'");
    jobfold("run", tree.root()).run();
    Files.copy(Path.of("src/test/resources/lock/renewed-once.json"), tree.at(".jobfold/lock"));
    assertThat(clean().err()).contains("the tree is being run by process 4711 on host 'node7'");
    Files.setLastModifiedTime(
        tree.at(".jobfold/lock"), FileTime.from(Instant.now().minusSeconds(90)));
    InProcess clean = clean("--break-lock");
    assertThat(clean.code()).as(clean.err()).isZero();
    assertThat(tree.at(".jobfold")).doesNotExist();
  }

  @Test
  void documentsEveryFieldOfTheJson() throws IOException {
    tree.folder("a", "command: 'true'");
    jobfold("run", tree.root()).run();
    tree.file(".jobfold/notes", "mine");
    InProcess clean = clean("--dry-run", "--json");
    Documented.in("clean-json.md").isWholeIn(new Cli.Ended(0, clean.out(), "").json());
  }

  private InProcess clean(String... options) {
    String[] words = new String[options.length + 2];
    words[0] = "clean";
    words[1] = tree.root().toString();
    System.arraycopy(options, 0, words, 2, options.length);
    return InProcess.jobfold(words);
  }
}
