package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jobfold.disk.StateDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code jobfold config}: which value of a setting holds, and where it was said. */
class ConfigTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree = new Tree(directory);
  }

  @ParameterizedTest
  @CsvSource({
    // file, environment, last run, command line -> value, origin
    ",  ,  ,  , 5, computed",
    "1, ,  ,  , 1, file",
    ",  2, ,  , 2, environment",
    "1, 2, ,  , 2, environment",
    ",  ,  3, , 3, last-run",
    "1, ,  3, , 3, last-run",
    ",  2, 3, , 3, last-run",
    "1, 2, 3, , 3, last-run",
    ",  ,  , 4, 4, command-line",
    "1, ,  , 4, 4, command-line",
    ",  2, , 4, 4, command-line",
    "1, 2, , 4, 4, command-line",
    ",  ,  3, 4, 4, command-line",
    "1, ,  3, 4, 4, command-line",
    ",  2, 3, 4, 4, command-line",
    "1, 2, 3, 4, 4, command-line"
  })
  void whatIsNearerToTheUserWins(
      String file, String variable, String last, String typed, String value, String origin) {
    List<String> arguments = new ArrayList<>(List.of("config", tree.root().toString(), "--json"));
    Map<String, String> environment = new HashMap<>(Map.of("JOBFOLD_RANKS", "5"));
    if (file != null) {
      tree.file("jobfold.yaml", "nbpools: " + file + "\nparams: {T: " + file + ", file: f}\n");
    }
    if (variable != null) {
      environment.put("JOBFOLD_NBPOOLS", variable);
      environment.put("JOBFOLD_PARAMS", "T=" + variable + ",variable=v");
    }
    if (last != null) {
      ran("--nbpools=" + last, "--param=T=" + last, "--param=last=l");
      arguments.add("--resume");
    }
    if (typed != null) {
      arguments.addAll(List.of("--nbpools", typed, "-p", "T=" + typed, "-p", "typed=t"));
    }
    JsonNode said = config(environment, arguments);
    JsonNode nbpools = setting(said, "nbpools");
    assertThat(nbpools.path("value").asText("-")).isEqualTo(value);
    assertThat(nbpools.path("origin").asText()).isEqualTo(origin);
    if (!origin.equals("computed")) {
      assertThat(setting(said, "params.T").path("value").asText()).isEqualTo(value);
      assertThat(setting(said, "params.T").path("origin").asText()).isEqualTo(origin);
    }
    assertThat(setting(said, "params.file").path("value").asText("-"))
        .as("params are joined name by name")
        .isEqualTo(file == null ? "-" : "f");
    assertThat(setting(said, "params.variable").isMissingNode()).isEqualTo(variable == null);
    assertThat(setting(said, "params.last").isMissingNode()).isEqualTo(last == null);
    assertThat(setting(said, "params.typed").isMissingNode()).isEqualTo(typed == null);
  }

  @Test
  void aTableForPeople() {
    tree.file("jobfold.yaml", "match: in.*\ncommand: cat {match}\n\ngrace: 1m\n");
    ran("--param=T=1", "--maxtrials=3");
    InProcess config =
        InProcess.jobfold(
            Map.of("JOBFOLD_GRACE", "2m", "JOBFOLD_RANKS", "7"),
            "config",
            tree.root().toString(),
            "--resume",
            "-p",
            "U=2 3");
    assertThat(config.err()).isEmpty();
    assertThat(config.code()).isZero();
    assertThat(rows(config.out()))
        .containsSubsequence(
            "SETTING | VALUE | ORIGIN",
            "command | cat {match} | jobfold.yaml:2",
            "grace | 2m | environment JOBFOLD_GRACE",
            "margin | 2m20s | computed",
            "match | in.* | jobfold.yaml:1",
            "maxtrials | 3 | options of the last run",
            "mpi-launcher | - | default",
            "nbpools | 7 | computed",
            "params.T | 1 | options of the last run",
            "params.U | 2 3 | command line",
            "ranks | 7 | environment JOBFOLD_RANKS");
  }

  @Test
  void theLastRunOnlyWhereItIsAskedFor() {
    ran("--nbpools=3");
    JsonNode said = config(Map.of(), List.of("config", tree.root().toString(), "--json"));
    assertThat(setting(said, "nbpools").path("origin").asText()).isEqualTo("computed");
    assertThat(setting(said, "ranks").path("value").asInt())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(setting(said, "ranks").path("origin").asText()).isEqualTo("computed");
  }

  @Test
  void ranksAreThoseOfTheHostsThatWouldBeUsed() {
    JsonNode said =
        config(
            Map.of(),
            List.of("config", tree.root().toString(), "--json", "--hosts", "localhost:3,far:4"));
    assertThat(setting(said, "ranks").path("value").asText()).isEqualTo("7");
    assertThat(setting(said, "nbpools").path("value").asText()).isEqualTo("7");
  }

  @Test
  void nothingIsMadeOnDiskAndNoFolderIsRead() {
    tree.file("jobfold.yaml", "nbpools: 2").folder("a", "comand: this is wrong");
    List<String> before = tree.all();
    assertThat(InProcess.jobfold("config", tree.root().toString()).code()).isZero();
    InProcess resume = InProcess.jobfold("config", tree.root().toString(), "--resume");
    assertThat(resume.code()).isEqualTo(2);
    assertThat(resume.err()).contains("it has not been run");
    assertThat(tree.all()).isEqualTo(before);
  }

  @Test
  void whatIsWrongIsToldWithItsPlaceBesideWhatIsRight() {
    tree.file(
        "jobfold.yaml",
        "nbpools: 0\ngrace: 5\nmaxtrials: 4\ncommand: pw.x\nmaxtrails: 2\nparams: {T: 1}\n");
    Map<String, String> environment =
        Map.of("JOBFOLD_RANKS", "x", "JOBFOLD_PARAMS", "T", "JOBFOLD_MAXTRIAL", "2");
    InProcess config = InProcess.jobfold(environment, "config", tree.root().toString(), "--json");
    String file = tree.at("jobfold.yaml").toString();
    assertThat(config.code()).isEqualTo(2);
    assertThat(config.err().lines())
        .containsExactlyInAnyOrder(
            file + ":1: 'nbpools' can not be used: '0' is too small: give at least 1",
            file + ":2: 'grace' can not be used: '5' has no unit: write '5s', '5m' or '5h'",
            file + ":5: unknown key 'maxtrails': did you mean 'maxtrials'?",
            "JOBFOLD_RANKS: can not be used: 'x' is not a whole number: write one like '4'",
            "JOBFOLD_PARAMS: can not be used: 'T' is not NAME=VALUE: write it like 'temperature=300'",
            "jobfold: the variable 'JOBFOLD_MAXTRIAL' is no setting: did you mean 'JOBFOLD_MAXTRIALS'?");
    JsonNode said = parse(config.out());
    assertThat(setting(said, "maxtrials").path("line").asInt()).isEqualTo(3);
    assertThat(setting(said, "nbpools").path("origin").asText()).isEqualTo("default");
    assertThat(said.get("problems")).hasSize(5);
    Documented.in("config-json.md").isWholeIn(said);
  }

  @Test
  void aCommandWithoutAMatchIsTakenForThatOfAFolder() {
    tree.file("jobfold.yaml", "command: pw.x\n");
    assertThat(InProcess.jobfold("config", tree.root().toString()).err())
        .isEqualTo(
            tree.at("jobfold.yaml")
                + ":1: 'command' is what 'match' runs, and there is no 'match': write it, too;"
                + " what the root itself runs is said in 'job.yaml'\n");
    assertThat(InProcess.jobfold("config", tree.root().toString(), "--match", "in").code())
        .isZero();
    assertThat(InProcess.jobfold(Map.of("JOBFOLD_MATCH", "in"), "config", tree.root().toString()))
        .extracting(InProcess::code)
        .isEqualTo(0);
  }

  @Test
  void optionsOfTheLastRunThatAreNotKnownAreRefused() {
    ran("--no-such=1", "--nbpools=x");
    InProcess config = InProcess.jobfold("config", tree.root().toString(), "--resume");
    assertThat(config.code()).isEqualTo(2);
    assertThat(config.err())
        .contains("--no-such: the last run had this option", "--nbpools: can not be used: 'x'");
  }

  /** As if it had been run with these options. */
  private void ran(String... options) {
    StateDirectory state = StateDirectory.of(tree.root());
    state.remember(List.of(options));
    state.fresh(java.time.Instant.EPOCH).close();
    assertThat(Files.exists(tree.at(".jobfold"))).isTrue();
  }

  private static JsonNode config(Map<String, String> environment, List<String> arguments) {
    InProcess config = InProcess.jobfold(environment, arguments.toArray(String[]::new));
    assertThat(config.err()).isEmpty();
    assertThat(config.code()).isZero();
    return parse(config.out());
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode setting(JsonNode said, String name) {
    for (JsonNode setting : said.get("settings")) {
      if (setting.get("name").asText().equals(name)) {
        return setting;
      }
    }
    return said.path("missing");
  }

  private List<String> rows(String out) {
    return out.replace(tree.root() + "/", "")
        .lines()
        .map(line -> line.replaceAll(" {2,}", " | "))
        .toList();
  }
}
