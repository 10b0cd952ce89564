package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.InProcess.jobfold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong arguments, and help. */
class UsageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '~',
      value = {
        "rnu x > there is no command 'rnu': did you mean 'run'?",
        "frobnicate > there is no command 'frobnicate': there are run, resume, update, stop, submit,",
        "help rnu > there is no command 'rnu': did you mean 'run'?",
        "run > TREE is missing",
        "tag . > FOLDER is missing",
        "run . --rank 3 > there is no option '--rank': did you mean '--ranks'?",
        "run . --max-trials=3 > there is no option '--max-trials': did you mean '--maxtrials'?",
        "run . -z > there is no option '-z'",
        "run . other > the argument 'other' is one too many: leave it out,",
        "run . --ranks > option '--ranks' has no value: write --ranks N",
        "run . --ranks 1 --ranks 2 > option '--ranks' is given twice: give it once",
        "run . --ranks 99999999999 > option '--ranks': '99999999999' is not a whole number",
        "run . --maxtrials 0 > option '--maxtrials': '0' is too small: give at least 1",
        "run . --grace soon > option '--grace': 'soon' is not a duration: write one like '90s'",
        "run . -p =3 > option '--param': '=3' is not NAME=VALUE",
      })
  void isToldInPlainWords(String arguments, String message) {
    InProcess ended = jobfold(arguments.split(" "));
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("jobfold: " + message);
    assertThat(ended.err().lines().skip(1))
        .singleElement()
        .asString()
        .matches("'jobfold.* --help' shows how it is used");
  }

  @Test
  void aRunOnThisHostLoadsNothingOfTheNetwork(@TempDir Path directory) throws IOException {
    Tree tree = new Tree(directory.resolve("tree")).folder("a", "command: 'true'");
    Path log = directory.resolve("classes");
    Cli.Ended ended = Cli.jobfold("run", tree.root()).option("-Xlog:class+load:file=" + log).run();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(Files.readString(log))
        .contains("org.jobfold.backend.local.")
        .doesNotContain("io.netty.", "org.jobfold.control.");
  }

  @Test
  void isShownHarmlessly() {
    assertThat(jobfold("run", ".", "two\nlines\u001b[31m").err())
        .contains("'two\\nlines\\x1b[31m'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "scan", "tag", "untag", "help"})
  void everyCommandHasHelpThatFitsATerminal(String command) {
    InProcess asked = jobfold("help", command);
    assertThat(asked.code()).isZero();
    assertThat(asked.err()).isEmpty();
    assertThat(asked.out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    if (!command.equals("help")) {
      assertThat(asked.out()).contains("\nExample", "\nExit codes: 0 ");
      assertThat(jobfold(command, "--help").out()).isEqualTo(asked.out());
      assertThat(jobfold(command, "--nonsense", "-h").out()).isEqualTo(asked.out());
    }
    assertThat(jobfold("--help").out()).contains("\n  " + command + " ");
  }

  @Test
  void writesDurationsAsTheyAreRead() {
    assertThat(jobfold("help", "run").out()).contains("(default: 10s)").doesNotContain("PT");
  }

  @Test
  void showsTheVersion() {
    assertThat(jobfold("--version").out()).isEqualTo("jobfold 1.2.3\n");
  }
}
