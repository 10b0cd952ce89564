package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jobfold.folder.Backoff;
import org.jobfold.folder.Change;
import org.jobfold.folder.Durations;
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
