package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trees that are run again after something in them has changed. Each folder notes that it ran in a
 * file of the tree.
 */
@Timeout(300)
class AgainTest {
  private static final String NOTE = "echo $JOBFOLD_FOLDER >> $JOBFOLD_ROOT/ran";

  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) throws IOException {
    tree = new Tree(Files.createDirectory(directory.resolve("tree")));
  }

  /** relax → static → bands, each with an input and an output. */
  private void chain() {
    tree.file("relax/in", "1\n")
        .folder("relax", "command: cat in > out; " + NOTE, "inputs: [in]", "outputs: [out]")
        .file("static/in", "2\n")
        .folder(
            "static",
            "command: cat in ../relax/out > out; " + NOTE,
            "inputs: [in]",
            "outputs: [out]",
            "depends: [/relax]")
        .file("bands/in", "3\n")
        .folder(
            "bands",
            "command: cat in ../static/out > out; " + NOTE,
            "inputs: [in]",
            "outputs: [out]",
            "depends: [/static]");
  }

  private Cli.Ended run(Object... options) {
    return command("run", options);
  }

  private Cli.Ended resume(Object... options) {
    return command("resume", options);
  }

  private Cli.Ended command(String command, Object... options) {
    return jobfold(Stream.concat(Stream.of(command, tree.root()), Stream.of(options)).toArray())
        .run();
  }

  /** Runs what must succeed; gives the folders that were really run, in order of name. */
  private List<String> ran(Cli.Ended ended) {
    assertThat(ended.code()).as(ended.err()).isZero();
    return took();
  }

  private List<String> took() {
    try {
      Path file = tree.at("ran");
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : new ArrayList<>();
      Files.deleteIfExists(file);
      return lines.stream().sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void onlyWhatFollowsFromAChangedInputRuns() throws IOException {
    chain();
    assertThat(ran(run())).containsExactly("/bands", "/relax", "/static");
    assertThat(ran(run())).as("nothing changed").isEmpty();
    assertThat(ran(resume())).isEmpty();
    tree.file("static/in", "22\n");
    assertThat(ran(run())).containsExactly("/bands", "/static");
    tree.file("static/in", "222\n");
    assertThat(ran(resume())).as("also for a resume").containsExactly("/bands", "/static");
    Files.setLastModifiedTime(tree.at("relax/in"), FileTime.from(Instant.EPOCH));
    assertThat(ran(run())).as("touched, with the same content").isEmpty();
    tree.folder("relax", "command: cat in > out && " + NOTE, "inputs: [in]", "outputs: [out]");
    assertThat(ran(run())).as("the same outputs by another command").containsExactly("/relax");
  }

  @Test
  void paramsAndEnvironmentCount() {
    tree.folder("a", "command: " + NOTE, "inputs: []", "params: {t: 1}", "env: {N: 1}");
    assertThat(ran(run())).containsExactly("/a");
    assertThat(ran(run())).isEmpty();
    assertThat(ran(run("-p", "t=2"))).containsExactly("/a");
    assertThat(ran(run())).containsExactly("/a");
    tree.folder("a", "command: " + NOTE, "inputs: []", "params: {t: 1}", "env: {N: 2}");
    assertThat(ran(resume())).containsExactly("/a");
    tree.folder(
        "a", "command: " + NOTE, "inputs: []", "params: {t: 1}", "env: {N: 2}", "timeout: 9s");
    assertThat(ran(run())).as("a timeout makes no difference to the results").isEmpty();
  }

  @Test
  void outputsThatAreGoneOrWereChangedAreMadeAgain() throws IOException {
    chain();
    assertThat(ran(run())).hasSize(3);
    Files.delete(tree.at("static/out"));
    assertThat(ran(run())).as("it makes the same again").containsExactly("/static");
    tree.file("static/out", "somebody else's\n");
    assertThat(ran(resume())).containsExactly("/static");
  }

  @Test
  void foldersThatDeclareNoInputsRunInEachRunAndStayDoneInAResume() {
    tree.folder("a", "command: " + NOTE)
        .folder("b", "command: " + NOTE, "inputs: []", "depends: [/a]")
        .folder("c", "command: " + NOTE, "inputs: []");
    assertThat(ran(run())).containsExactly("/a", "/b", "/c");
    assertThat(ran(resume())).isEmpty();
    Cli.Ended again = run();
    assertThat(ran(again)).as("a makes something new").containsExactly("/a", "/b");
    assertThat(again.err())
        .contains(
            "2 folders declare 'inputs' and run only if something has changed;"
                + " the other one runs, also what an earlier run has done");
  }

  /** In a resume, what is done stays done, save where one that it waits for runs again. */
  @Test
  void aResumeRunsAgainWhatFollowsWhetherItDeclaresInputsOrNot() {
    tree.file("a/in", "1")
        .folder("a", "command: " + NOTE, "inputs: [in]")
        .folder("b", "command: " + NOTE, "depends: [/a]")
        .folder("c", "command: " + NOTE, "depends: [/b]")
        .folder("last", "command: " + NOTE, "finally: true")
        .folder("other", "command: " + NOTE);
    assertThat(ran(run())).hasSize(5);
    assertThat(ran(resume())).isEmpty();
    tree.file("a/in", "2");
    assertThat(ran(resume())).containsExactly("/a", "/b", "/c", "/last");
    assertThat(ran(resume())).isEmpty();
  }

  /** The resume is killed after the first of a chain has run again: the rest still follows. */
  @Test
  void aKillDoesNotLoseWhatIsStillToRunAgain() {
    tree.fifo("began")
        .file("a/in", "1")
        .folder("a", "command: " + NOTE, "inputs: [in]")
        .folder(
            "b",
            "command: " + NOTE + "; test ! -e ../wait || { echo > ../began; sleep 1000; }",
            "depends: [/a]")
        .folder("c", "command: " + NOTE, "depends: [/b]");
    assertThat(ran(run())).hasSize(3);
    tree.file("a/in", "2").file("wait", "");
    Cli.Started resume = jobfold("resume", tree.root()).start();
    tree.await("began", 1);
    resume.signal("KILL");
    resume.end();
    resume.awaitNoSurvivors();
    assertThat(took()).containsExactly("/a", "/b");
    assertThat(tree.at("wait").toFile().delete()).isTrue();
    assertThat(ran(resume())).containsExactly("/b", "/c");
    assertThat(ran(resume())).isEmpty();
  }

  /** What a kill leaves behind is not trusted, even if the record from before would fit. */
  @Test
  void aFolderThatWasBegunAndKilledRunsAgainAlthoughItsInputIsAsItWas() {
    tree.fifo("began")
        .file("a/in", "1")
        .folder(
            "a",
            "command: " + NOTE + "; test $(cat in) = 1 || { echo > ../began; sleep 1000; }",
            "inputs: [in]");
    assertThat(ran(run())).containsExactly("/a");
    tree.file("a/in", "2");
    Cli.Started killed = jobfold("run", tree.root()).start();
    tree.await("began", 1);
    killed.signal("KILL");
    killed.end();
    killed.awaitNoSurvivors();
    took();
    tree.file("a/in", "1");
    assertThat(ran(run())).containsExactly("/a");
    assertThat(ran(run())).isEmpty();
  }

  @Test
  void aFailureAboveDoesNotCostWhatIsBelow() {
    tree.file("a/in", "0")
        .folder(
            "a",
            "command: cp in out; " + NOTE + "; exit $(cat in)",
            "inputs: [in]",
            "outputs: [out]")
        .folder("b", "command: " + NOTE, "inputs: []", "depends: [/a]");
    assertThat(ran(run())).containsExactly("/a", "/b");
    tree.file("a/in", "3");
    assertThat(run().code()).isEqualTo(1);
    assertThat(took()).containsExactly("/a");
    tree.file("a/in", "0");
    assertThat(ran(run())).as("b depends on the same as before").containsExactly("/a");
  }

  @Test
  void aTreeThatWasMovedDoesNotRunAgain() throws IOException {
    chain();
    assertThat(ran(run())).hasSize(3);
    Path elsewhere = tree.root().resolveSibling("elsewhere");
    Files.move(tree.root(), elsewhere);
    tree = new Tree(elsewhere);
    assertThat(ran(run())).isEmpty();
  }

  @Test
  void aDamagedRecordCostsARunAndIsTold() throws IOException {
    tree.folder("a", "command: " + NOTE, "inputs: []")
        .folder("b", "command: " + NOTE, "inputs: []");
    assertThat(ran(run())).hasSize(2);
    Path file = tree.at(".jobfold/fingerprints.jsonl");
    Files.writeString(
        file,
        Files.readString(file).replaceFirst("\"/a\",\"asked\":\"..", "\"/a\",\"asked\":\"zz"));
    Cli.Ended ended = resume();
    assertThat(ran(ended)).containsExactly("/a");
    assertThat(ended.err()).contains("fingerprints.jsonl", "is damaged", "runs again");
    assertThat(ran(run())).isEmpty();
    Files.writeString(file, "not what it was\n");
    assertThat(ran(run())).containsExactly("/a", "/b");
    assertThat(tree.all()).contains(".jobfold/fingerprints.damaged");
  }

  @Test
  void whatIsForcedRunsOnce() {
    chain();
    tree.folder("other", "command: " + NOTE, "inputs: []");
    assertThat(ran(run())).hasSize(4);
    assertThat(ran(run("--force-from", "/static"))).containsExactly("/bands", "/static");
    assertThat(ran(resume("--force-from", "static"))).containsExactly("/bands", "/static");
    assertThat(ran(resume())).as("for once").isEmpty();
    assertThat(ran(run("--force"))).hasSize(4);
    assertThat(ran(resume("--force"))).hasSize(4);
    assertThat(ran(resume())).isEmpty();
    Cli.Ended slip = run("--force-from", "/statik");
    assertThat(slip.code()).isEqualTo(2);
    assertThat(slip.err()).contains("no executable folder '/statik'", "did you mean '/static'?");
  }

  @Test
  void theFileThatMatchesIsAnInput() {
    tree.file("a/in.x", "1").file("jobfold.yaml", "").file("job.yaml", "inputs: []\n");
    Object[] match = {"--match", "in.*", "--command", NOTE};
    assertThat(ran(run(match))).containsExactly("/a");
    assertThat(ran(run(match))).isEmpty();
    tree.file("a/in.x", "2");
    assertThat(ran(run(match))).containsExactly("/a");
  }

  @Test
  void anInputThatChangesWhileItIsReadIsTold() {
    tree.file("a/in", "1").folder("a", "command: echo 2 > in; " + NOTE, "inputs: [in]");
    Cli.Ended ended = run();
    assertThat(ran(ended)).containsExactly("/a");
    assertThat(ended.err()).contains("folder '/a': input in changed while the folder ran");
    assertThat(ran(run())).containsExactly("/a");
    assertThat(ran(run())).isEmpty();
  }

  @Test
  void aTreeWithoutInputsKeepsNoFingerprints() {
    tree.folder("a", "command: " + NOTE).folder("b", "command: " + NOTE, "depends: [/a]");
    assertThat(ran(run())).hasSize(2);
    assertThat(tree.all()).noneMatch(name -> name.contains("fingerprints"));
  }

  @Test
  void cleanForgetsThem() {
    tree.folder("a", "command: " + NOTE, "inputs: []");
    assertThat(ran(run())).hasSize(1);
    assertThat(jobfold("clean", tree.root()).run().code()).isZero();
    assertThat(tree.all()).noneMatch(name -> name.contains(".jobfold"));
    assertThat(ran(run())).hasSize(1);
  }

  @Test
  void scanSaysWhy() {
    chain();
    tree.folder("always", "command: " + NOTE);
    assertThat(jobfold("scan", tree.root(), "--why").run().out())
        .contains(
            "/relax   yes  there is no record of a success",
            "/always  yes  declares no inputs: always runs");
    assertThat(tree.at(".jobfold")).doesNotExist();
    assertThat(ran(run())).hasSize(4);
    tree.file("static/in", "22\n");
    List<String> before = tree.all();
    Cli.Ended why = jobfold("scan", tree.root(), "--why").run();
    assertThat(why.out())
        .contains(
            "/always  yes    declares no inputs: always runs",
            "/bands   maybe  predecessor /static runs, or ran without a fingerprint",
            "/relax   no     unchanged since its last success",
            "/static  yes    input in changed",
            "2 folders would run, 1 may run, 1 would not");
    assertThat(tree.all()).isEqualTo(before);
    assertThat(ran(run())).containsExactly("/always", "/bands", "/static");
  }

  @Test
  void scanSaysWhatTheRunThenDoes() throws IOException {
    for (long seed = 1; seed <= 4; seed++) {
      Random random = new Random(seed);
      tree = new Tree(Files.createDirectory(tree.root().resolveSibling("seed" + seed)));
      List<String> names = List.of("a", "b", "c", "d", "e", "f");
      for (int i = 0; i < names.size(); i++) {
        List<String> lines = new ArrayList<>();
        lines.add("command: cat in* > out; " + NOTE);
        if (random.nextInt(4) > 0) {
          lines.add("inputs: [in]");
        }
        if (random.nextBoolean()) {
          lines.add("outputs: [out]");
        }
        if (i > 0 && random.nextInt(3) > 0) {
          lines.add("depends: [/" + names.get(random.nextInt(i)) + "]");
        }
        tree.file(names.get(i) + "/in", "0").folder(names.get(i), lines.toArray(String[]::new));
      }
      for (int round = 0; round < 3; round++) {
        JsonNode folders =
            jobfold("scan", tree.root(), "--why", "--json").run().json().get("folders");
        List<String> ran = ran(run());
        for (JsonNode folder : folders) {
          String answer = folder.get("run").asText();
          if (!answer.equals("maybe")) {
            assertThat(ran.contains(folder.get("name").asText()))
                .as("seed %d, round %d: %s of %s", seed, round, folder, ran)
                .isEqualTo(answer.equals("yes"));
          }
        }
        String name = names.get(random.nextInt(names.size()));
        tree.file(name + (random.nextBoolean() ? "/in" : "/out"), "changed " + round);
      }
    }
  }
}
