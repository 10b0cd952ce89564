package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jobfold.disk.RunFile.Shape;
import org.jobfold.disk.RunFile.Value;
import org.jobfold.folder.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunFileTest {
  private static final Map<String, Shape> KEYS =
      new TreeMap<>(
          Map.of(
              "nbpools", Shape.TEXT,
              "match", Shape.TEXT,
              "command", Shape.TEXT,
              "keepalive", Shape.SWITCH,
              "hosts", Shape.LIST,
              "queues", Shape.TABLE,
              "params", Shape.TEMPLATES));

  @TempDir private Path root = Path.of("");

  @Test
  void everyShapeWithItsLine() {
    assertThat(
            values(
                """
                nbpools: 007
                # a comment
                keepalive: Yes
                hosts: [a, b]
                queues: {big: 2}
                params:
                  T: 5.430
                  of: {ten: x}
                """))
        .containsExactly(
            value("nbpools", "", "007", 1),
            value("keepalive", "", "true", 3),
            value("hosts", "", "a", 4),
            value("hosts", "", "b", 4),
            value("queues", "big", "2", 5),
            value("params", "T", "5.430", 7),
            value("params", "of.ten", "x", 8));
  }

  @Test
  void referencesAreResolvedSaveForThoseOfParams() {
    assertThat(
            values(
                """
                command: ${env:PROG} -T ${params.T} -n ${nbpools} $${HOME} ${env:NO:-none} {match}
                nbpools: 2
                queues: {all: "${nbpools}"}
                match: ${folder:root}
                params: {T: "1", S: "${folder:base}"}
                """))
        .extracting(Value::text)
        .containsExactly(
            "lmp -T 5 -n 2 ${HOME} none {match}", "2", "2", root.toString(), "1", "${folder:base}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "nbpool: 2 | 1: unknown key 'nbpool': did you mean 'nbpools'?",
        "xyzzy: 2 | 1: unknown key 'xyzzy': the keys here are command, hosts, keepalive, match, nbpools, params, queues",
        "timeout: 2h | 1: 'timeout' is a setting of folders: write it in 'job.yaml'",
        "depends: a | 1: 'depends' is a setting of folders: write it in 'job.yaml'",
        "keepalive: perhaps | 1: 'keepalive' is 'perhaps': write 'true' or 'false'",
        "nbpools: [1] | 1: 'nbpools' is a list: write one value",
        "nbpools: {a: 1} | 1: 'nbpools' has keys below it: write a single value",
        "nbpools: | 1: 'nbpools' is empty: write something, or take the key out",
        "queues: 4 | 1: 'queues' is '4': write names and values below it",
        "queues: {a: [1]} | 1: 'queues.a' is a list: write one value",
        "command: a ${HOME} | 1: 'command' refers to '${HOME}', which has no value: write it, or '$${HOME}' for the shell's own",
        "match: ${env:NO} | 1: 'match' refers to '${env:NO}', which is not in the environment: set it, write '${env:NO:-default}', or '$${env:NO}' for the shell's own",
        "words | 1: holds no keys: write lines such as 'key: value'",
      })
  void whatIsWrongIsNotAValue(String text, String message) {
    RunFile file = read(text);
    assertThat(file.values()).isEmpty();
    assertThat(file.problems())
        .extracting(Problem::text)
        .containsExactly(root.resolve("jobfold.yaml") + ":" + message);
  }

  @Test
  void whatIsWrongDoesNotSpread() {
    RunFile file = read("nbpools: 2\nnbpool: 2\nkeepalive: on\nhosts: []\n");
    assertThat(file.values())
        .containsExactly(value("nbpools", "", "2", 1), value("keepalive", "", "true", 3));
    assertThat(file.problems()).extracting(Problem::line).containsExactly(2, 4);
  }

  @Test
  void noFileSaysNothing() {
    assertThat(RunFile.isIn(root)).isFalse();
    assertThat(RunFile.read(root, KEYS, Map.of(), Map.of()))
        .isEqualTo(new RunFile(List.of(), List.of()));
  }

  @Test
  void anEmptyFileSaysNothing() {
    assertThat(read("# nothing yet\n")).isEqualTo(new RunFile(List.of(), List.of()));
  }

  @Test
  void theOtherEndingOfYaml() throws IOException {
    Files.writeString(root.resolve("jobfold.yml"), "nbpools: 2");
    assertThat(RunFile.isIn(root)).isTrue();
    assertThat(RunFile.read(root, KEYS, Map.of(), Map.of()).problems())
        .extracting(Problem::text)
        .containsExactly(
            root.resolve("jobfold.yml") + ": is not read: rename it to 'jobfold.yaml'");
  }

  @Test
  void aFileThatCanNotBeRead() throws IOException {
    Files.createDirectory(root.resolve("jobfold.yaml"));
    assertThat(RunFile.read(root, KEYS, Map.of(), Map.of()).problems())
        .singleElement()
        .extracting(Problem::text)
        .asString()
        .startsWith(root.resolve("jobfold.yaml") + ": can not be read: ");
  }

  @Test
  void aFolderFileThatHasKeysOfTheRun() {
    DiskTree tree = DiskTree.in(root).file("a/job.yaml", "command: 'true'\nnbpools: 2\n");
    assertThat(
            new TreeScanner(root, tree.options().with(KEYS.keySet()))
                .scan(Map.of()).problems().stream().map(Problem::text))
        .containsExactly(
            root.resolve("a/job.yaml")
                + ":2: 'nbpools' is a setting of the whole run: write it in 'jobfold.yaml' at the"
                + " root of the tree");
  }

  @Test
  void itIsNoteworthyAnywhereButAtTheRootAndNeverAnInput() {
    DiskTree tree =
        DiskTree.in(root)
            .file("jobfold.yaml", "")
            .file("a/jobfold.yaml", "")
            .file("b/in.yaml", "")
            .with(new Match("*.yaml", "cat {match}"));
    assertThat(tree.names()).containsExactly("/b");
    assertThat(tree.notes())
        .containsExactly(
            "a/jobfold.yaml: is not read, only that at the root of the tree is: settings of folders"
                + " are in 'job.yaml'");
    assertThat(DiskTree.in(root).file("job.yaml", "command: ls\nstdout: jobfold.yaml\n").problems())
        .containsExactly(
            "job.yaml:2: 'stdout' is 'jobfold.yaml', which jobfold reads: name another file");
  }

  private List<Value> values(String text) {
    RunFile file = read(text);
    assertThat(file.problems()).isEmpty();
    return file.values();
  }

  private RunFile read(String text) {
    DiskTree.in(root).file("jobfold.yaml", text);
    assertThat(RunFile.isIn(root)).isTrue();
    return RunFile.read(root, KEYS, Map.of("PROG", "lmp", "X", "y"), Map.of("T", "5"));
  }

  private Value value(String key, String name, String text, int line) {
    return new Value(key, name, text, root.resolve("jobfold.yaml").toString(), line);
  }
}
