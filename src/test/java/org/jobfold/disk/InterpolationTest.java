package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands for <code>${...}</code>. */
class InterpolationTest {
  private final Path root;
  private final DiskTree tree;

  InterpolationTest(@TempDir Path root) {
    this.root = root;
    tree = DiskTree.in(root).with(Map.of("HOME", "/home/ada", "TRAP", "${params.t}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ${params.t}                     | 300
          T${params.t}K${params.t}        | T300K300
          ${params.again}                 | <300>
          ${ranks}                        | 4
          ${success.file}                 | log
          ${env.THREADS}                  | 2
          ${env:HOME}                     | /home/ada
          ${env:NONE:-/tmp}               | /tmp
          ${params.none:-5.0}             | 5.0
          ${params.none:-${params.t}}     | 300
          ${params.t:-1}                  | 300
          ${params.none:-}end             | end
          ${params.${params.which}}       | 300
          ${folder:name}                  | /si/a5.43
          ${folder:base}                  | a5.43
          $${HOME}                        | ${HOME}
          $${HOME:-x} $HOME $(pwd) $$     | ${HOME:-x} $HOME $(pwd) $$
          ${params.shell}                 | ${HOME}
          ${env:TRAP}                     | ${params.t}
          """)
  void resolves(String text, String expected) {
    assertThat(command(text)).isEqualTo("echo " + expected);
  }

  @Test
  void pathsOfTheFolderAndTheTree() {
    assertThat(command("${folder:path} ${folder:root}"))
        .isEqualTo("echo " + root + "/si/a5.43 " + root);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ${HOME}           | refers to '${HOME}', which has no value: did you mean '${env:HOME}'? Else write it, or '$${HOME}' for the shell's own
          ${OMP_THREADS:-4} | refers to '${OMP_THREADS}', which has no value: write it, or '$${OMP_THREADS}' for the shell's own
          ${params.tt}      | refers to '${params.tt}', which has no value: did you mean '${params.t}'? Else write it, or '$${params.tt}' for the shell's own
          ${timeout}        | refers to '${timeout}', which has no value: write it, or '$${timeout}' for the shell's own
          ${env:NONE}       | refers to '${env:NONE}', which is not in the environment: set it, write '${env:NONE:-default}', or '$${env:NONE}' for the shell's own
          ${folder:nme}     | refers to '${folder:nme}', which is not known: write name, base, path or root after 'folder:', or '$${folder:nme}' for the shell's own
          ${script:js:1}    | refers to '${script:js:1}', which has no value: write it, or '$${script:js:1}' for the shell's own
          ${sys:user.home}  | refers to '${sys:user.home}', which has no value: write it, or '$${sys:user.home}' for the shell's own
          ${params.circle}  | goes round in a circle: 'echo ${params.circle}' leads back to itself
          """)
  void refuses(String text, String message) {
    write(text);

    assertThat(tree.problems()).contains("si/a5.43/job.yaml:1: 'command' " + message);
  }

  @Test
  void aFolderWithABraceInItsName() {
    tree.file("${params.t}/job.yaml", "command: echo ${folder:base}");

    assertThat(tree.folder("/${params.t}").functional().text()).isEqualTo("echo ${params.t}");
  }

  private String command(String text) {
    write(text);
    return tree.folder("/si/a5.43").functional().text();
  }

  private void write(String text) {
    tree.file(
        "si/a5.43/job.yaml",
        """
        command: 'echo %s'
        ranks: 4
        env: {THREADS: 2}
        params:
          t: 300
          again: <${params.t}>
          which: t
          shell: $${HOME}
        %s
        success: {file: log}
        """
            .formatted(text, text.contains("circle") ? "  circle: a${params.circle}" : ""));
  }
}
