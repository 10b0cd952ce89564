package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jobfold.folder.Backoff;
import org.jobfold.folder.Change;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.Durations;
import org.jobfold.folder.Phase;
import org.jobfold.folder.Retry;
import org.jobfold.folder.Settings;
import org.jobfold.folder.SuccessCheck;
import org.jobfold.folder.SuccessCheck.FilePattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the folders below take over. */
class InheritanceTest {
  private final DiskTree tree;

  InheritanceTest(@TempDir Path root) {
    tree = DiskTree.in(root);
  }

  @Test
  void settingsComeFromAllFoldersAbove() {
    tree.file("job.yaml", "ranks: 4\ntimeout: 2h\nmpi: yes")
        .file("a/job.json", "{\"ranks\": 8}")
        .file("a/b/job.xml", "<job command='true' mpi='no'/>")
        .script("a/c/d/run");

    assertThat(tree.folder("/a/b").settings())
        .isEqualTo(Settings.DEFAULT.withRanks(8).withTimeout(Duration.ofHours(2)));
    assertThat(tree.folder("/a/c/d").settings())
        .isEqualTo(Settings.DEFAULT.withRanks(8).withTimeout(Duration.ofHours(2)).withMpi());
  }

  @Test
  void paramsAndEnvironmentAreJoinedByName() {
    tree.file("job.yaml", "params: {a: 1, b: 2}\nenv: {X: 1, Y: 2}")
        .file("si/job.yaml", "command: 'true'\nparams: {b: 3, c: 4}\nenv: {Y: 3}");

    Settings settings = tree.folder("/si").settings();

    assertThat(settings.params()).isEqualTo(Map.of("a", "1", "b", "3", "c", "4"));
    assertThat(settings.env()).isEqualTo(Map.of("X", "1", "Y", "3"));
  }

  @Test
  void aSuccessCheckIsReplacedAsAWhole() {
    tree.file("job.yaml", "success: {file: log, pattern: done, exit: [1, 2]}")
        .file("si/job.yaml", "command: 'true'\nsuccess: {file: out}")
        .script("ge/run");

    assertThat(tree.folder("/si").settings().success())
        .isEqualTo(
            new SuccessCheck(Set.of(0), Optional.of(new FilePattern("out", Optional.empty()))));
    assertThat(tree.folder("/ge").settings().success())
        .isEqualTo(
            new SuccessCheck(
                Set.of(1, 2), Optional.of(new FilePattern("log", Optional.of("done")))));
  }

  @Test
  void whatFollowsAFailureIsReplacedAsAWhole() {
    tree.file("job.yaml", "retry: {delay: 10s, timeout: {factor: 2}}")
        .file("si/job.yaml", "command: 'true'\nretry: {exit: none, tempfail: {limit: 2}}")
        .file("ge/job.yaml", "command: 'true'\nparams: {n: 1}");

    Retry replaced = tree.folder("/si").settings().retry();
    assertThat(replaced.backoff()).isEmpty();
    assertThat(replaced.exitCodes()).isEmpty();
    assertThat(replaced.tempfail()).isEqualTo(OptionalInt.of(2));
    assertThat(replaced.worth()).isEqualTo(Retry.DEFAULT.worth());
    Retry inherited = tree.folder("/ge").settings().retry();
    assertThat(inherited.backoff())
        .contains(new Backoff(Duration.ofSeconds(10), 1, Durations.LONGEST));
    assertThat(inherited.worth())
        .containsEntry(Retry.Kind.TIMEOUT, new Change(2, OptionalInt.empty()));
    assertThat(
            tree.file("c/job.yaml", "command: 'true'\nretry: {exit: any}")
                .folder("/c")
                .settings()
                .retry())
        .isSameAs(Retry.DEFAULT);
  }

  @Test
  void queuesAndTokens() {
    tree.file("job.yaml", "queue: licence\ntokens: 2\npriority: 5")
        .script("same/run")
        .file("other/job.yaml", "command: 'true'\nqueue: io")
        .file("more/job.yaml", "command: 'true'\ntokens: 3\npriority: -1")
        .file("several/job.yaml", "command: 'true'\ntokens: {big: '${params.n}'}\nparams: {n: 4}")
        .file("said/job.yaml", "command: 'true'\ntokens: {licence: 7}")
        .file("none/job.yaml", "command: 'true'\nqueue: none")
        .file("none/one/job.yaml", "command: 'true'\nqueue: io");

    assertThat(tokens("/same")).isEqualTo(Map.of("licence", 2));
    assertThat(tokens("/other")).isEqualTo(Map.of("io", 2));
    assertThat(tokens("/more")).isEqualTo(Map.of("licence", 3));
    assertThat(tokens("/several")).isEqualTo(Map.of("licence", 1, "big", 4));
    assertThat(tokens("/said")).isEqualTo(Map.of("licence", 7));
    assertThat(tokens("/none")).isEmpty();
    assertThat(tokens("/none/one")).isEqualTo(Map.of("io", 2));
    assertThat(tree.folder("/same").settings().priority()).isEqualTo(5);
    assertThat(tree.folder("/more").settings().priority()).isEqualTo(-1);
  }

  @Test
  void oneQueueNeedsNoTokens() {
    tree.file("job.yaml", "command: 'true'\nqueue: licence");

    assertThat(tokens("/")).isEqualTo(Map.of("licence", 1));
  }

  @Test
  void noInputsAreNotTheSameAsInputsThatAreNotSaid() {
    tree.script("unsaid/run")
        .file("none/job.yaml", "command: 'true'\ninputs: []")
        .file("blank/job.properties", "command = true\ninputs =")
        .file("xml/job.xml", "<job command='true'><inputs/></job>")
        .file("some/job.json", "{\"command\": \"true\", \"inputs\": \"in.*\"}");

    assertThat(tree.folder("/unsaid").settings().inputs()).isEmpty();
    assertThat(tree.folder("/none").settings().inputs()).contains(List.of());
    assertThat(tree.folder("/blank").settings().inputs()).contains(List.of());
    assertThat(tree.folder("/xml").settings().inputs()).contains(List.of());
    assertThat(tree.folder("/some").settings().inputs()).contains(List.of("in.*"));
  }

  @Test
  void whatAFolderWaitsForStaysWhereItIs() {
    tree.file("job.yaml", "command: 'true'\ndepends: '${params.first}'\nparams: {first: a}")
        .file("a/job.yaml", "command: 'true'\nfinally: no")
        .file("end/job.yaml", "command: 'true'\nfinally: true\ndepends: []")
        .script("end/b/run");

    assertThat(tree.folder("/").depends()).containsExactly(Dependency.on("a"));
    assertThat(tree.folder("/a").depends()).isEmpty();
    assertThat(tree.folder("/a").phase()).isEqualTo(Phase.MAIN);
    assertThat(tree.folder("/end").phase()).isEqualTo(Phase.FINALLY);
    assertThat(tree.folder("/end/b").phase()).isEqualTo(Phase.MAIN);
  }

  private Map<String, Integer> tokens(String folder) {
    return tree.folder(folder).settings().tokens();
  }

  @Test
  void anyExitCode() {
    tree.file("job.yaml", "command: 'true'\nsuccess: {exit: any}");

    assertThat(tree.folder("/").settings().success())
        .isEqualTo(new SuccessCheck(Set.of(), Optional.empty()));
  }

  @Test
  void whatToRunAndTaggedStayWhereTheyAre() {
    tree.file("job.yaml", "command: 'true'\ntagged: true\nranks: 2")
        .file("si/job.yaml", "maxtrials: 2")
        .script("si/a/run");

    assertThat(tree.names()).containsExactly("/", "/si/a");
    assertThat(tree.folder("/").tagged()).isTrue();
    assertThat(tree.folder("/si/a").tagged()).isFalse();
    assertThat(tree.folder("/si/a").settings().ranks()).isEqualTo(OptionalInt.of(2));
    assertThat(tree.folder("/si/a").settings().maxtrials()).isEqualTo(OptionalInt.of(2));
  }

  @Test
  void whatIsInheritedIsResolvedByEachFolderForItself() {
    tree.file("job.yaml", "success: {file: 'out.${params.name}'}\nstdout: ${folder:base}.log")
        .file("a/job.yaml", "command: 'true'\nparams: {name: x}")
        .file("b/job.yaml", "command: 'true'\nparams: {name: y}");

    assertThat(tree.folder("/a").settings().success().file().orElseThrow().file())
        .isEqualTo("out.x");
    assertThat(tree.folder("/b").settings().success().file().orElseThrow().file())
        .isEqualTo("out.y");
    assertThat(tree.folder("/a").settings().stdout()).isEqualTo("a.log");
    assertThat(tree.folder("/b").settings().stdout()).isEqualTo("b.log");
  }

  @Test
  void theParamsOfTheRunWinBeforeReferencesAreResolved() {
    tree.file("job.yaml", "params: {t: 1, twice: '${params.t}${params.t}'}")
        .file("si/job.yaml", "command: echo ${params.twice}\nparams: {t: 2}")
        .script("ge/run");

    assertThat(tree.folder("/si").functional().text()).isEqualTo("echo 22");
    assertThat(tree.folder("/si", Map.of("t", "3")).functional().text()).isEqualTo("echo 33");
    assertThat(tree.folder("/ge", Map.of("t", "3", "u", "4")).settings().params())
        .isEqualTo(Map.of("t", "3", "u", "4", "twice", "33"));
  }

  @Test
  void foldersWithEqualSettingsShareThem() {
    tree.file("job.yaml", "ranks: 4\nstdout: ${params.out}\nparams: {out: log}")
        .script("a/run")
        .script("b/run")
        .file("c/job.yaml", "command: 'true'\nranks: 4")
        .file("d/job.yaml", "command: 'true'\nranks: 4");
    Scan scan = tree.scan();

    assertThat(scan.tree().folders().stream().map(f -> f.settings()).distinct()).hasSize(1);
    assertThat(
            scan.tree().folders().stream()
                .map(f -> System.identityHashCode(f.settings()))
                .distinct())
        .hasSize(1);
    assertThat(
            scan.tree().folders().stream()
                .map(f -> System.identityHashCode(f.functional()))
                .distinct())
        .hasSize(2);
  }

  @Test
  void whatIsWrongAboveIsSaidOnceWhereItIsWritten() {
    tree.file("job.yaml", "ranks: ${params.n}\nstdout: ${params.out}\n")
        .file("a/job.yaml", "command: 'true'\nparams: {n: x, out: o}")
        .file("b/job.yaml", "command: 'true'\nparams: {n: y, out: o}")
        .file("c/job.yaml", "command: 'true'\nparams: {n: 1}");

    assertThat(tree.problems())
        .containsExactly(
            "job.yaml:1: 'ranks', for folder '/a', is 'x': write a whole number from 1 on (it"
                + " comes from '${params.n}') (and 1 more folder)",
            "job.yaml:2: 'stdout', for folder '/c', refers to '${params.out}', which has no value:"
                + " write it, or '$${params.out}' for the shell's own");
  }

  @Test
  void aBrokenFileAboveIsNotBlamedOnTheFoldersBelow() {
    tree.file("job.yaml", "params: {name: x\n").file("a/job.yaml", "command: echo ${params.name}");

    assertThat(tree.problems())
        .containsExactly(
            "job.yaml:2: is not YAML: expected ',' or '}', but got <stream end>: mend the line");
  }
}
