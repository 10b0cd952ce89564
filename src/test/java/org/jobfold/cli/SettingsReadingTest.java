package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jobfold.folder.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whatever options {@code run} has: what they are as settings is found from the options alone. */
class SettingsReadingTest {
  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree = new Tree(directory);
  }

  @Command(name = "run")
  static final class Run {
    @Parameters private Path unusedTree = Path.of("");

    @Option(names = "--keep-alive")
    private boolean keepalive;

    @Option(names = "--queue", paramLabel = "NAME=N")
    private Map<String, Integer> queues = new TreeMap<>();

    @Option(names = "--host", paramLabel = "HOST")
    private List<String> hosts = new ArrayList<>();

    @Option(names = "--json")
    private boolean unusedJson;
  }

  @Test
  void optionsThatHoldForOnceAreNoSettings() {
    assertThat(Setting.of(command().getCommandSpec()).stream().map(Setting::key))
        .containsExactlyInAnyOrder("keep-alive", "queues", "host");
    assertThat(Setting.of(command().getCommandSpec()).stream().map(Setting::variable))
        .containsExactlyInAnyOrder("JOBFOLD_KEEP_ALIVE", "JOBFOLD_QUEUES", "JOBFOLD_HOST");
    tree.file("jobfold.yaml", "json: true");
    assertThat(read(Map.of()).problems())
        .extracting(Problem::message)
        .containsExactly("unknown key 'json': the keys here are host, keep-alive, queues");
  }

  @Test
  void flagsAreSwitchesAndCanBeSwitchedOff() {
    tree.file("jobfold.yaml", "keep-alive: yes");
    assertThat(settled(Map.of()).keepalive).isTrue();
    assertThat(settled(Map.of("JOBFOLD_KEEP_ALIVE", "no")).keepalive).isFalse();
    assertThat(settled(Map.of("JOBFOLD_KEEP_ALIVE", "no"), "--keep-alive").keepalive).isTrue();
    assertThat(settled(Map.of(), "--keep-alive=false").keepalive).isFalse();
    assertThat(read(Map.of("JOBFOLD_KEEP_ALIVE", "maybe")).problems())
        .extracting(Problem::text)
        .containsExactly(
            "JOBFOLD_KEEP_ALIVE: can not be used: 'maybe' is neither yes nor no: write 'true' or"
                + " 'false'");
    assertThat(read(Map.of(), "--keep-alive").toRemember()).containsExactly("--keep-alive=true");
  }

  @Test
  void tablesAreJoinedByName() {
    tree.file("jobfold.yaml", "queues: {big: 1, gpu: 2}");
    assertThat(settled(Map.of("JOBFOLD_QUEUES", "gpu=3, io=4"), "--queue", "io=5").queues)
        .isEqualTo(Map.of("big", 1, "gpu", 3, "io", 5));
    tree.file("jobfold.yaml", "queues:\n  big: 1\n  gpu: many");
    assertThat(read(Map.of()).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.line()).isEqualTo(3))
        .satisfies(
            problem -> assertThat(problem.message()).startsWith("'queues.gpu' can not be used: "));
  }

  @Test
  void listsReplaceOneAnother() {
    tree.file("jobfold.yaml", "host: [a, b]");
    assertThat(settled(Map.of()).hosts).containsExactly("a", "b");
    assertThat(settled(Map.of("JOBFOLD_HOST", "c,d")).hosts).containsExactly("c", "d");
    assertThat(settled(Map.of("JOBFOLD_HOST", "c,d"), "--host", "e").hosts).containsExactly("e");
  }

  @Test
  void anEmptyVariableSaysNothing() {
    assertThat(read(Map.of("JOBFOLD_HOST", "", "JOBFOLD_KEEP_ALIVE", " ")).said()).isEmpty();
  }

  @Test
  void whatIsTypedAgainReplacesWhatIsRemembered() {
    CommandLine run = parsed("--queue", "big=2", "--keep-alive=false");
    assertThat(
            SettingsReading.of(
                    run.getCommandSpec(),
                    tree.root(),
                    Map.of("JOBFOLD_HOST", "not remembered"),
                    List.of("--queue=big=1", "--queue=io=4", "--keep-alive=true", "--host=a"))
                .toRemember())
        .containsExactlyInAnyOrder(
            "--queue=big=2", "--queue=io=4", "--keep-alive=false", "--host=a");
  }

  private RunSettings read(Map<String, String> environment, String... typed) {
    return SettingsReading.of(parsed(typed).getCommandSpec(), tree.root(), environment, List.of());
  }

  /** The command with all that was said. */
  private Run settled(Map<String, String> environment, String... typed) {
    CommandLine run = parsed(typed);
    CommandSpec spec = run.getCommandSpec();
    RunSettings settings = SettingsReading.of(spec, tree.root(), environment, List.of());
    assertThat(settings.problems()).isEmpty();
    run.setOverwrittenOptionsAllowed(true)
        .parseArgs(
            Stream.concat(
                    settings.below(spec).stream(), Stream.concat(Stream.of("."), Stream.of(typed)))
                .toArray(String[]::new));
    return (Run) spec.userObject();
  }

  private CommandLine parsed(String... typed) {
    CommandLine run = command();
    run.getParent()
        .parseArgs(Stream.concat(Stream.of("run", "."), Stream.of(typed)).toArray(String[]::new));
    return run;
  }

  /** The command line with this {@code run} in place of the real one. */
  private static CommandLine command() {
    CommandLine root = CommandLineRunner.commandLine(InProcess.nowhere());
    root.getCommandSpec().removeSubcommand("run");
    CommandLine run = new CommandLine(new Run());
    run.getCommandSpec().parser().collectErrors(true);
    CommandLineRunner.converters(run);
    root.addSubcommand(run);
    return run;
  }
}
