package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jobfold.folder.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input and what is said of it. */
class RefusedInputTest {
  private final Path root;

  RefusedInputTest(@TempDir Path root) {
    this.root = root;
  }

  static Stream<Arguments> yaml() {
    return Stream.of(
        bad("comand: 'true'", ":1: unknown key 'comand': did you mean 'command'?"),
        bad(
            "command: 'true'\nzzz: 1",
            ":2: unknown key 'zzz': the keys here are command, call, steps, ranks, threads, gpus, mpi,"
                + " maxtrials, timeout, env, params, stdin, stdout, stderr, success, retry, queue,"
                + " tokens, priority, inputs, outputs, depends, finally, tagged"),
        bad(
            "command: 'true'\nsuccess:\n  fil: x",
            ":3: unknown key 'success.fil': did you mean 'file'?"),
        bad("command: 'true'\npriorty: 1", ":2: unknown key 'priorty': did you mean 'priority'?"),
        bad("command: 'true'\ntokens: 0", ":2: 'tokens' is '0': write a whole number from 1 on"),
        bad(
            "command: 'true'\ntokens:\n  big: 1\n  io: 0",
            ":4: 'tokens.io' is '0': write a whole number from 1 on"),
        bad(
            "command: 'true'\ntokens: 2",
            ":2: 'tokens' is 2, but of no queue: write 'queue' as well"),
        bad(
            "command: 'true'\ntokens: {a b: 1}",
            ":2: a name in 'tokens.a b' is 'a b', which is no name of a queue: use letters, digits,"
                + " '-' and '_', at most 100"),
        bad(
            "command: 'true'\ntokens: {none: 1}",
            ":2: a name in 'tokens.none' is 'none', which stands for no queue: rename it"),
        bad(
            "command: 'true'\ntokens: {a: {b: 1}}",
            ":2: a name in 'tokens.a.b' is 'a.b', which is no name of a queue: use letters, digits,"
                + " '-' and '_', at most 100"),
        bad(
            "command: 'true'\nqueue: a.b",
            ":2: 'queue' is 'a.b', which is no name of a queue: use letters, digits, '-' and '_',"
                + " at most 100"),
        bad(
            "command: 'true'\npriority: high",
            ":2: 'priority' is 'high': write a whole number, such as 10 or -1"),
        bad(
            "command: 'true'\ninputs: [/opt/x]",
            ":2: 'inputs' is '/opt/x': write a path from the folder, such as '../x'"),
        bad(
            "command: 'true'\ninputs: ['in[']",
            ":2: 'inputs' can not be read: 'in[' is not a glob: a ']' is missing: correct it"),
        bad(
            "command: 'true'\noutputs: ['../*']",
            ":2: 'outputs' is '../*', which leaves the folder: write a path without '..'"),
        bad(
            "command: 'true'\nfinally: at last",
            ":2: 'finally' is 'at last': write 'true' or 'false'"),
        bad(
            "command: 'true'\ndepends: ['']",
            ":2: 'depends(0).name' is empty: write something, or take the key out"),
        bad(
            "command: 'true'\ndepends:\n  - /a\n  - 'b{'",
            ":4: 'depends(1).name' can not be read: 'b{' is not a glob: a '}' is missing: correct it"),
        bad(
            "command: 'true'\ndepends:\n  - {name: /a, after: failure}",
            ":3: 'depends(0).after' is 'failure': write 'success' or 'any'"),
        bad(
            "command: 'true'\ndepends:\n  - {after: any}",
            ":3: 'depends(0)' has no name: write 'name: ...'"),
        bad(
            "command: 'true'\ndepends:\n  - {name: /a, aftr: any}",
            ":3: unknown key 'depends(0).aftr': did you mean 'after'?"),
        bad(
            "finally: true",
            ":1: 'finally' is in a folder with nothing to run, and not inherited: write it in the"
                + " folders that it is meant for"),
        bad(
            "ranks: 1\ndepends: /a",
            ":2: 'depends' is in a folder with nothing to run, and not inherited: write it in the"
                + " folders that it is meant for"),
        bad(
            "command: 'true'\npipe: {from: ../x}",
            ":2: 'pipe' is not supported by this version: take it out"),
        bad(
            "command: 'true'\nranks: four",
            ":2: 'ranks' is 'four': write a whole number from 1 on"),
        bad("command: 'true'\nranks: 0", ":2: 'ranks' is '0': write a whole number from 1 on"),
        bad("command: 'true'\nranks: 1.0", ":2: 'ranks' is '1.0': write a whole number from 1 on"),
        bad("command: 'true'\nranks:", ":2: 'ranks' is '': write a whole number from 1 on"),
        bad(
            "command: 'true'\nranks: 99999999999",
            ":2: 'ranks' is '99999999999': write a whole number from 1 on"),
        bad("command: 'true'\nranks: [4]", ":2: 'ranks' is a list: write one value"),
        bad(
            "command: 'true'\nranks: {a: 4}",
            ":2: 'ranks' has keys below it: write a single value"),
        bad("command: 'true'\nmpi: maybe", ":2: 'mpi' is 'maybe': write 'true' or 'false'"),
        bad(
            "command: 'true'\nmaxtrials: -1",
            ":2: 'maxtrials' is '-1': write a whole number from 1 on"),
        bad(
            "command: 'true'\ntimeout: 5",
            ":2: 'timeout' can not be read: '5' has no unit: write '5s', '5m' or '5h'"),
        bad("command: 'true'\ntimeout: 0s", ":2: 'timeout' is '0s': it must be more than zero"),
        bad(
            "command: 'true'\ntimeout: soon",
            ":2: 'timeout' can not be read: 'soon' is not a duration: write one like '90s', '30m',"
                + " '2h' or '1d12h'"),
        bad(
            "command: 'true'\nstdout: /tmp/x",
            ":2: 'stdout' is '/tmp/x', which is not in the folder: write a relative path"),
        bad(
            "command: 'true'\nstderr: ../x",
            ":2: 'stderr' is '../x', which leaves the folder: write a path without '..'"),
        bad("command: 'true'\nstdout: out/", ":2: 'stdout' is 'out/', a directory: name a file"),
        bad(
            "command: 'true'\nstdout: ''",
            ":2: 'stdout' is empty: write something, or take the key out"),
        bad(
            "command: 'true'\nstdout: job.yaml",
            ":2: 'stdout' is 'job.yaml', which jobfold reads: name another file"),
        bad(
            "command: 'true'\nstdin: job.yaml\nstderr: job.yaml",
            ":3: 'stderr' is 'job.yaml', which is 'stdin' as well: name another file"),
        bad(
            "command: 'true'\nstdin: in.melt",
            ":2: 'stdin' is 'in.melt', which is not there: correct it, or make the file"),
        bad(
            "command: 'true'\nsuccess: {file: ../log}",
            ":2: 'success.file' is '../log', which leaves the folder: write a path without '..'"),
        bad(
            "command: 'true'\nsuccess: {pattern: x}",
            ":2: 'success.pattern' is in no file: write 'success.file' as well"),
        bad(
            "command: 'true'\nsuccess: {file: log, pattern: 'a('}",
            ":2: 'success.pattern' is 'a(', which is no regular expression: Unclosed group near"
                + " index 2"),
        bad(
            "command: 'true'\nsuccess: {exit: 256}",
            ":2: 'success.exit' is '256': write an exit code from 0 to 255, several, or 'any'"),
        bad(
            "command: 'true'\nsuccess: {exit: [0, any]}",
            ":2: 'success.exit' has 'any' beside other codes: keep one or the other"),
        bad(
            "command: 'true'\nsuccess: log",
            ":2: 'success' is 'log': write its keys below it: file, pattern, exit"),
        bad(
            "command: 'true'\nretry: 3",
            ":2: 'retry' is '3': write its keys below it: delay, backoff, max, exit, signal, timeout, check, launch, tempfail"),
        bad(
            "command: 'true'\nretry: {dely: 3s}",
            ":2: unknown key 'retry.dely': did you mean 'delay'?"),
        bad(
            "command: 'true'\nretry: {when: x}",
            ":2: unknown key 'retry.when': the keys here are delay, backoff, max, exit, signal, timeout, check, launch, tempfail"),
        bad(
            "command: 'true'\nretry: {timeout: {facto: 2}}",
            ":2: unknown key 'retry.timeout.facto': did you mean 'factor'?"),
        bad(
            "command: 'true'\nretry: {signal: {factor: 2}}",
            ":2: unknown key 'retry.signal.factor': the keys here are ranks"),
        bad(
            "command: 'true'\nretry: {delay: 10}",
            ":2: 'retry.delay' can not be read: '10' has no unit: write '10s', '10m' or '10h'"),
        bad(
            "command: 'true'\nretry: {delay: 10s, backoff: 0.5}",
            ":2: 'retry.backoff' is '0.5': write a number from 1 on, such as 2 or 1.5"),
        bad(
            "command: 'true'\nretry: {timeout: {factor: x2}}",
            ":2: 'retry.timeout.factor' is 'x2': write a number from 1 on, such as 2 or 1.5"),
        bad(
            "command: 'true'\nretry: {backoff: 2}",
            ":2: 'retry.backoff' has no delay to grow: write 'retry.delay' as well"),
        bad(
            "command: 'true'\nretry: {delay: 10s, max: 5s}",
            ":2: 'retry.max' is less than 'retry.delay', 10s: raise it, or take it out"),
        bad(
            "command: 'true'\nretry: {timeout: 4h}",
            ":2: 'retry.timeout' is '4h': write 'true' or 'false'"),
        bad(
            "command: 'true'\nretry: {exit: 256}",
            ":2: 'retry.exit' is '256': write an exit code from 0 to 255, several, 'any' or"
                + " 'none'"),
        bad(
            "command: 'true'\nretry: {exit: [1, none]}",
            ":2: 'retry.exit' has 'any' or 'none' beside other codes: keep one or the other"),
        bad(
            "command: 'true'\nretry: {exit: {ranks: 0}}",
            ":2: 'retry.exit.ranks' is '0': write a whole number from 1 on"),
        bad(
            "command: 'true'\nretry: {launch: 0}",
            ":2: 'retry.launch' is '0': write a whole number from 1 on"),
        bad(
            "command: 'true'\nretry: {tempfail: {limit: many}}",
            ":2: 'retry.tempfail.limit' is 'many': write a whole number from 1 on"),
        bad(
            "command: 'true'\nretry: {tempfail: 20}",
            ":2: 'retry.tempfail' is '20': write 'true' or 'false'"),
        bad("command: ''", ":1: 'command' is empty: write something, or take the key out"),
        bad("command: []", ":1: 'command' is an empty list: write something, or take the key out"),
        bad(
            "command: ['', x]",
            ":1: 'command' begins with an empty word: its first is the program to run"),
        bad("command: \"a\\0b\"", ":1: 'command' holds a NUL, which no program can be given"),
        bad(
            "command: 'true'\ncall: {class: a.B}",
            ":2: 'command' and 'call' can not stand together: keep one"),
        bad("call: {jvm: -Xmx1g}", ":1: 'call' names no class: write 'class: my.Functional'"),
        bad("steps: []", ":1: 'steps' is an empty list: write something, or take the key out"),
        bad("steps:\n- command: 'true'", ":2: 'steps(0)' has no name: write 'name: ...'"),
        bad("steps:\n- name: a", ":2: 'steps(0)' runs nothing: write 'command' or 'call'"),
        bad(
            "steps:\n- {name: a/b, command: 'true'}",
            ":2: 'steps(0).name' is 'a/b', which is to be part of the names of files: use letters,"
                + " digits, '-', '_' and '.', at most 100"),
        bad(
            "steps:\n- {name: a, command: 'true'}\n- {name: a, command: 'true'}",
            ":3: 'steps(1).name' is 'a', as is 'steps(0).name': rename one"),
        bad(
            "steps:\n- {name: a, command: 'true', ranks: 4}",
            ":2: unknown key 'steps(0).ranks': the keys here are name, command, call, success"),
        bad("command: 'true'\nenv: [A, B]", ":2: 'env' is a list: write one value"),
        bad("command: 'true'\nenv: A=1", ":2: 'env' is 'A=1': write names and values below it"),
        bad("command: 'true'\nenv: {A=B: 1}", ":2: 'env.A=B' is not a name: write one without '='"),
        bad("command: 'true'\nparams: {a: [1, 2]}", ":2: 'params.a' is a list: write one value"),
        bad(
            "command: 'true'\nparams: {a.b: 1, a: {b: 2}}",
            ":2: 'params.a.b' is there twice: keep one"),
        bad(
            "tagged: perhaps\ncommand: 'true'",
            ":1: 'tagged' is 'perhaps': write 'true' or 'false'"),
        bad(
            "ranks: 4\ntagged: true",
            ":2: 'tagged' is in a folder with nothing to run, and not inherited: write it in the"
                + " folders that it is meant for"),
        bad(
            "command: nosuchprogram -x",
            ":1: 'command' needs the program 'nosuchprogram', which is not in PATH: install it,"
                + " load its module, or write its path"),
        bad(
            "command: [bin/go, -x]",
            ":1: 'command' needs the program 'bin/go', which is not there: correct the path,"
                + " or build it"),
        bad(
            "command: ./job.yaml -x",
            ":1: 'command' needs the program './job.yaml', which is not executable: chmod +x it"),
        bad(
            "command: [/usr, x]",
            ":1: 'command' needs the program '/usr', which is a directory: name a program"),
        bad("ranks: 4\nranks: 5", ":2: has the key 'ranks' twice: keep one"),
        bad(
            "command: 'true'\n\tranks: 4",
            ":2: is not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use"
                + " \\t(TAB) for indentation): mend the line"),
        bad(
            "command: 'true'\nparams:\n  a: !!binary 4qe5",
            ":3: has the tag 'tag:yaml.org,2002:binary', which says nothing here: take it out"),
        bad("just words", ":1: holds no keys: write lines such as 'key: value'"),
        bad("? [a]\n: b", ":1: has a key that is not a word: write 'key: value'"),
        bad("params: &a {b: *a}", ":1: has an alias inside of what it stands for"),
        bad("call: {class: a.B, jvm: [[a]]}", ":1: has a list in the list 'jvm'"),
        bad(
            "command: 'true'\n---\ncommand: 'true'",
            ":2: is not YAML: but found another document: mend the line"));
  }

  @ParameterizedTest
  @MethodSource
  void yaml(String text, String message) {
    assertThat(DiskTree.in(root).file("si/job.yaml", text).script("a/run").problems())
        .containsExactly("si/job.yaml" + message);
  }

  static Stream<Arguments> json() {
    return Stream.of(
        bad("{\n\"ranks\": \"x\"}", ":2: 'ranks' is 'x': write a whole number from 1 on"),
        bad("{\n\"ranks\": null}", ":2: 'ranks' is null: write something, or take the key out"),
        bad("{\n\"ranks\": 1.5}", ":2: 'ranks' is '1.5': write a whole number from 1 on"),
        bad(
            "{\"params\": {\n\"a\": null}}",
            ":2: 'params.a' is null: write something, or take the key out"),
        bad("{\n\"command\": [\"true\",\n [1]]}", ":3: has a list in the list 'command'"),
        bad("{\"ranks\": 1,\n \"ranks\": 1}", ":2: is not JSON: Duplicate field 'ranks'"),
        bad("[]", ":1: is not a JSON object: write '{...}'"),
        bad("", ":1: is not a JSON object: write '{...}'"),
        bad("{}\n{}", ":2: goes on after the end of the JSON object"),
        bad(
            "{\n\"a\" 1}",
            ":2: is not JSON: Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value"));
  }

  @ParameterizedTest
  @MethodSource
  void json(String text, String message) {
    assertThat(DiskTree.in(root).file("si/job.json", text).problems())
        .containsExactly("si/job.json" + message);
  }

  static Stream<Arguments> xml() {
    return Stream.of(
        bad("<job>\n<ranks>x</ranks></job>", ":2: 'ranks' is 'x': write a whole number from 1 on"),
        bad("<job\n ranks='x'/>", ":2: 'ranks' is 'x': write a whole number from 1 on"),
        bad("<job ranks='1'>\n<ranks>2</ranks></job>", ":2: 'ranks' is there 2 times: keep one"),
        bad("<tree/>", ":1: has the root element 'tree': call it 'job'"),
        bad("<job>\ntext</job>", ":1: 'text' belongs to no key: write 'key: value'"),
        bad(
            "<job><success file='x'>y</success></job>",
            ":1: 'success' is 'y': write its keys below it: file, pattern, exit"),
        bad(
            "<!DOCTYPE job [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>\n<job>&e;</job>",
            ":1: has a document type: take it out"),
        bad(
            "<job>\n<ranks></job>",
            ":2: is not XML: The element type \"ranks\" must be terminated by the matching end-tag"
                + " \"</ranks>\"."));
  }

  @ParameterizedTest
  @MethodSource
  void xml(String text, String message) {
    assertThat(DiskTree.in(root).file("si/job.xml", text).problems())
        .containsExactly("si/job.xml" + message);
  }

  static Stream<Arguments> properties() {
    return Stream.of(
        bad("# x\n\nranks = x", ":3: 'ranks' is 'x': write a whole number from 1 on"),
        bad("ranks = 1\nranks = 2", ":2: 'ranks' is there 2 times: keep one"),
        bad("params.a = 1\nparams.a = 2", ":2: 'params.a' is there twice: keep one"),
        bad(
            "include = other.properties",
            ":1: unknown key 'include': the keys here are command, call, steps, ranks, threads, gpus, mpi, maxtrials, timeout, env, params, stdin, stdout, stderr, success, retry, queue,"
                + " tokens, priority, inputs, outputs, depends, finally, tagged"),
        bad(
            "command = echo \\\n  a\nranks : x",
            ":3: 'ranks' is 'x': write a whole number from 1 on"),
        bad(
            "command = true\nsuccess.file = log\nsuccess.pattern = \\d+",
            ":3: has '\\d', which is no escape of properties files: write '\\\\d' for a backslash"),
        bad(
            "command = \\u12",
            ":1: has '\\u12', which is no escape of properties files: write '\\\\u12' for a backslash"),
        bad(
            "= x",
            ":1: unknown key '': the keys here are command, call, steps, ranks, threads, gpus, mpi, maxtrials, timeout, env, params, stdin, stdout, stderr, success, retry, queue, tokens, priority, inputs, outputs, depends, finally, tagged"));
  }

  @ParameterizedTest
  @MethodSource
  void properties(String text, String message) {
    assertThat(DiskTree.in(root).file("si/job.properties", text).problems())
        .containsExactly("si/job.properties" + message);
  }

  @Test
  void allProblemsAtOnceInOrderOfPlace() {
    DiskTree tree =
        DiskTree.in(root)
            .file("b/job.yaml", "command: 'true'\nranks: x\ntimeout: 5\n")
            .file("a/job.yaml", "comand: 'true'");

    assertThat(tree.problems())
        .containsExactly(
            "a/job.yaml:1: unknown key 'comand': did you mean 'command'?",
            "b/job.yaml:2: 'ranks' is 'x': write a whole number from 1 on",
            "b/job.yaml:3: 'timeout' can not be read: '5' has no unit: write '5s', '5m' or '5h'");
    assertThatThrownBy(() -> new TreeScanner(root, tree.options()).read(Map.of()))
        .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.problems()).hasSize(3));
  }

  @Test
  void twoFolderFiles() {
    assertThat(
            DiskTree.in(root)
                .file("si/job.yaml", "command: 'true'")
                .file("si/job.json", "{}")
                .problems())
        .containsExactly("si: has 'job.json', 'job.yaml': keep one of them");
  }

  @Test
  void theOtherEndingOfYaml() {
    assertThat(DiskTree.in(root).file("si/job.yml", "command: 'true'").problems())
        .containsExactly("si/job.yml: is not read: rename it to 'job.yaml'");
  }

  @Test
  void aFileThatIsNotUtf8() throws IOException {
    Files.write(
        root.resolve("job.yaml"), "command: echo \u00e9".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(DiskTree.in(root).problems())
        .containsExactly("job.yaml: is not in UTF-8: save it in that encoding");
  }

  @Test
  void aPipeAndALinkToNowhere() throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("mkfifo", root + "/job.yaml").start().waitFor()).isZero();
    Files.createDirectory(root.resolve("a"));
    Files.createSymbolicLink(root.resolve("a/job.json"), Path.of("nowhere"));

    assertThat(DiskTree.in(root).problems())
        .containsExactly(
            "a/job.json: is a link to nowhere, or not a file: make it a file",
            "job.yaml: is a link to nowhere, or not a file: make it a file");
  }

  @Test
  void billionsOfAliases() {
    StringBuilder text = new StringBuilder("params:\n  a0: &a0 {x: 1, y: 2, z: 3}\n");
    for (int i = 1; i < 16; i++) {
      String before = "*a" + (i - 1);
      text.append("  a%d: &a%d {x: %s, y: %s, z: %s}%n".formatted(i, i, before, before, before));
    }

    assertThat(DiskTree.in(root).file("job.yaml", text.toString()).problems())
        .singleElement()
        .asString()
        .endsWith("holds more than 100000 values");
  }

  @Test
  void noTree() {
    assertThatThrownBy(() -> DiskTree.in(root.resolve("nowhere")).scan())
        .isInstanceOf(RefusedException.class)
        .hasMessage(root + "/nowhere: is not there: name the directory that holds the job folders");
    DiskTree.in(root).file("file", "");
    assertThatThrownBy(() -> DiskTree.in(root.resolve("file")).scan())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            root + "/file: is not a directory: name the directory that holds the job folders");
  }

  @Test
  void equalProblemsOfManyFoldersAreOne() {
    DiskTree tree = DiskTree.in(root).file("job.yaml", "timeout: 5\nranks: ${params.n}\n");
    for (String name : List.of("a", "b", "c", "d")) {
      tree.file(name + "/job.yaml", "command: nosuchprogram " + name);
    }

    assertThat(tree.problems())
        .containsExactly(
            "a/job.yaml:1: 'command' needs the program 'nosuchprogram', which is not in PATH:"
                + " install it, load its module, or write its path (and 3 more folders)",
            "job.yaml:1: 'timeout' can not be read: '5' has no unit: write '5s', '5m' or '5h'");
  }

  @Test
  void equalFilesAreEachNamed() {
    DiskTree tree = DiskTree.in(root);
    List<String> folders = IntStream.range(100, 200).mapToObj(String::valueOf).toList();
    folders.forEach(name -> tree.file(name + "/job.yaml", "command: echo\nranks: ${params.n}"));

    assertThat(tree.problems().stream().map(text -> text.substring(0, text.indexOf(": "))))
        .containsExactlyElementsOf(folders.stream().map(name -> name + "/job.yaml:2").toList());
  }

  @Test
  void aProgramThatSeveralStepsMissIsSaidOnce() {
    DiskTree tree =
        DiskTree.in(root)
            .file(
                "job.yaml",
                "steps:\n- {name: a, command: nosuch a}\n- {name: b, command: nosuch b}\n")
            .file("b/in.1", "")
            .file("b/in.2", "");
    String reason =
        "needs the program 'nosuch', which is not in PATH: install it, load its module, or write"
            + " its path";

    assertThat(tree.problems()).containsExactly("job.yaml:2: 'steps(0).command' " + reason);
    assertThat(tree.with(new Match("in.*", "nosuch {match}")).problems()).hasSize(1);
  }

  private static Arguments bad(String text, String message) {
    return Arguments.of(text, message);
  }
}
