package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jobfold.folder.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which programs are missed. */
class ProgramsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/usr/bin:/bin", "BASH_FUNC_module%%", "() { true; }");

  private final Path root;

  ProgramsTest(@TempDir Path root) {
    this.root = root;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat x",
        "cat",
        "  cat x",
        "/bin/cat x",
        "./go now",
        "cd x && nosuch",
        "export A=1",
        "if true; then nosuch; fi",
        "A=1 nosuch",
        "nosuch() { :; }",
        "nosuch () { :; }",
        "nosuch; true",
        "nosuch|cat",
        "\"nosuch\" x",
        "$nosuch x",
        "# nosuch",
        ". ./nosuch",
        "module load nosuch"
      })
  void linesThatAreNotJudgedOrGood(String line) {
    DiskTree.in(root).script("go");

    assertThat(complaint(new Command.Shell(line), Map.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuch", "nosuch x", "\n nosuch x", "nosuch\tx", "no-such.1 > out"})
  void linesWhoseProgramIsMissed(String line) {
    assertThat(complaint(new Command.Shell(line), Map.of()).orElseThrow())
        .contains("which is not in PATH");
  }

  @Test
  void thePathOfTheFolderCounts() {
    DiskTree.in(root).script("bin/mine");

    assertThat(complaint(new Command.Exec(List.of("mine")), Map.of())).isPresent();
    assertThat(complaint(new Command.Exec(List.of("mine")), Map.of("PATH", root + "/bin")))
        .isEmpty();
    assertThat(complaint(new Command.Exec(List.of("mine")), Map.of("PATH", "/bin:bin"))).isEmpty();
    assertThat(complaint(new Command.Exec(List.of("cat")), Map.of("PATH", "/nowhere"))).isPresent();
  }

  @Test
  void aListIsNoLine() {
    assertThat(complaint(new Command.Exec(List.of("cd", "x")), Map.of("PATH", "/nowhere")))
        .hasValue(
            "needs the program 'cd', which is not in PATH: install it, load its module, or write"
                + " its path");
  }

  private Optional<String> complaint(Command command, Map<String, String> env) {
    return new Programs(ENVIRONMENT).complaint(command, root, env);
  }
}
