package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on hosts that the user names. */
class HostsTest {
  /** Starts what is for another host on this one. */
  private static final String HERE = "env FAR={host} {command}";

  @TempDir private Path directory = Path.of("");

  private Tree tree() {
    return new Tree(directory.resolve("tree")).file("readme", "");
  }

  @Test
  void foldersRunOnAllHosts() {
    Tree tree = tree().fifo("../ready");
    for (String name : List.of("a", "b", "c")) {
      tree.folder(
          name,
          "command: echo $JOBFOLD_HOSTS; echo > ../../ready; until [ -e ../../go ]; do sleep 0.05; done");
    }
    Cli.Started run =
        Cli.jobfold("run", tree.root(), "--hosts", "localhost:1,far:2", "--start-line", HERE)
            .start();
    tree.await("../ready", 3);
    tree.file("../go", "");
    Cli.Ended ended = run.end();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("3 folders on 3 ranks of ", " and far, up to 3 at a time");
    assertThat(Stream.of("a", "b", "c").map(name -> tree.text(name + "/stdout").strip()))
        .containsOnlyOnce(ownName())
        .filteredOn("far"::equals)
        .hasSize(2);
    run.awaitNoSurvivors();
    assertThat(tree.all()).noneMatch(file -> file.startsWith(".jobfold/lead-"));
  }

  @Test
  void failuresSayWhereTheyWere() {
    Tree tree = tree();
    for (String name : List.of("a", "b", "c")) {
      tree.folder(name, "command: 'test $JOBFOLD_HOSTS != far || exit 3'", "ranks: 2");
    }
    tree.folder("wide", "command: exit 4", "ranks: 3");
    Cli.Ended ended =
        Cli.jobfold(
                "run", tree.root(), "--json", "--hosts", "localhost:1,far:2", "--start-line", HERE)
            .run();
    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    String alike = "  3 × exit code 3: /a, /b, /c; on far (3)\n";
    assertThat(ended.err())
        .contains(alike, "  /wide: exit code 4, ", ", on " + ownName() + ", far\n");
    assertThat(Cli.jobfold("errors", tree.root()).run().out())
        .contains(alike, ", on " + ownName() + ", far\n");
    JsonNode json = ended.json();
    assertThat(json.at("/errors/~1a/hosts/0").asText()).isEqualTo("far");
    Documented.in("run-json.md").covers(json);
    JsonNode errors = Cli.jobfold("errors", tree.root(), "--json").run().json();
    assertThat(errors.at("/errors/~1wide/hosts/0").asText()).isEqualTo(ownName());
    assertThat(errors.at("/groups/0/hosts/0/folders").asInt()).isEqualTo(3);
    Documented.in("errors-json.md").covers(errors);
    JsonNode status = Cli.jobfold("status", tree.root(), "--json").run().json();
    assertThat(status.at("/causes/0/hosts/0/host").asText()).isEqualTo("far");
    Documented.in("status-json.md").covers(status);
  }

  @Test
  void theFirstLineCountsTheHostsThatHaveComeUp() {
    Tree tree = tree().folder("a", "command: 'true'");
    Cli.Ended ended =
        Cli.jobfold(
                "run",
                tree.root(),
                "--hosts",
                "localhost:1,far:2",
                "--start-line",
                "false {host} {command}")
            .run();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err())
        .startsWith(
            "1 folder on 1 rank of " + ownName() + ", up to 1 at a time; far did not come up\n")
        .contains("host 'far' is lost (");
  }

  @Test
  void aMachineFileNamesThem() {
    Tree tree =
        tree()
            .folder("a", "command: cat $JOBFOLD_MACHINEFILE", "ranks: 6")
            .file(
                "../machines",
                "# two hosts\n\nlocalhost:2 # this one\nfar slots=2 max_slots=4\n far\nfar\n");
    Cli.Ended ended =
        Cli.jobfold("run", tree.root(), "--machinefile", directory.resolve("machines"))
            .with("JOBFOLD_START_LINE", HERE)
            .run();
    assertThat(ended.code()).as(ended.err()).isZero();
    String own = ownName() + "\n";
    assertThat(tree.text("a/stdout")).isEqualTo(own + own + "far\n".repeat(4));
  }

  @Test
  void oneHostThatIsThisOneNeedsNoAgent() {
    Tree tree = tree().folder("a", "command: echo $JOBFOLD_RANKS", "ranks: 3");
    Cli.Ended ended =
        Cli.jobfold(
                "run",
                tree.root(),
                "--hosts",
                "localhost:3",
                "--start-line",
                "false {host} {command}")
            .run();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(tree.text("a/stdout")).isEqualTo("3\n");
  }

  @Test
  void allProcessesEndWithTheirLeadAndResumeGoesOn() {
    Tree tree = tree().fifo("../ready");
    for (String name : List.of("a", "b", "c")) {
      tree.folder(
          name,
          "command: echo $JOBFOLD_HOSTS >> runs; echo > ../../ready; [ -e ../../go ] || sleep 1000");
    }
    Cli run = Cli.jobfold("run", tree.root(), "--hosts", "localhost:1,far:2", "--start-line", HERE);
    Cli.Started started = run.start();
    tree.await("../ready", 3);
    long begin = System.nanoTime();
    started.signal("KILL");
    started.awaitNoSurvivors();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    assertThat(tree.all()).anyMatch(file -> file.startsWith(".jobfold/lead-"));
    tree.file("../go", "");
    Cli.Ended ended =
        Cli.jobfold("resume", tree.root())
            .by("sh", "-c", "exec 3<>\"$0\"; exec \"$@\"", tree.at("../ready").toString())
            .run();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).contains(" and far");
    for (String name : List.of("a", "b", "c")) {
      assertThat(tree.text(name + "/runs").lines()).hasSize(2);
    }
    assertThat(tree.all()).noneMatch(file -> file.startsWith(".jobfold/lead-"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "STOP"})
  void whatRanOnALostHostRunsAgainElsewhereAndThatIsToldOnce(String signal) {
    Tree tree = tree().fifo("../ready");
    List<String> names = IntStream.range(0, 40).mapToObj(i -> "f" + i).toList();
    for (String name : names) {
      tree.folder(
          name,
          "command: echo $PPID > ../../agent.$JOBFOLD_HOSTS; echo $JOBFOLD_HOSTS >> hosts;"
              + " echo $JOBFOLD_HOSTS $(date +%s%N) >> times; [ -e ../../go ] && exit;"
              + " echo > ../../ready; while [ ! -e ../../go ] || [ $JOBFOLD_HOSTS = far1 ];"
              + " do echo $JOBFOLD_HOSTS $(date +%s%N) >> times; sleep 0.05; done");
    }
    Cli.Started run =
        Cli.jobfold(
                "run",
                tree.root(),
                "--hosts",
                "localhost:2,far1:2,far2:2",
                "--json",
                "--start-line",
                HERE)
            .start();
    tree.await("../ready", 6);
    Cli.Shell.run("kill -" + signal + " $(cat \"$1\")", tree.at("../agent.far1"));
    tree.file("../go", "");
    Cli.Ended ended = run.end();
    assertThat(ended.code()).as(ended.err()).isZero();
    JsonNode lost = ended.json().get("lost");
    assertThat(lost).hasSize(1);
    assertThat(lost.at("/0/host").asText()).isEqualTo("far1");
    assertThat(lost.at("/0/ranks")).hasSize(2);
    String reason = lost.at("/0/reason").asText();
    // who is stopped is ended after as long, by the guard on its host
    String broke = "the connection broke without a goodbye";
    assertThat(reason)
        .isIn(
            signal.equals("KILL")
                ? List.of(broke)
                : List.of(broke, "nothing was heard of it for 4.0 s"));
    assertThat(ended.err())
        .containsOnlyOnce(
            "jobfold: host 'far1' is lost ("
                + reason
                + "): its 2 ranks are left out; 2 folders that ran there run again\n")
        .containsOnlyOnce("jobfold: ")
        .contains("40 folders: 40 succeeded, 0 failed, 2 trials repeated")
        .contains("\nlost: host 'far1' (2 ranks)\n");
    assertThat(InProcess.jobfold("status", tree.root().toString()).out())
        .containsOnlyOnce("lost: 2 ranks of host 'far1' (" + reason + "), ");
    assertThat(InProcess.jobfold("errors", tree.root().toString()).out()).doesNotContain("far1");
    int again = 0;
    for (String name : names) {
      List<String> hosts = tree.text(name + "/hosts").lines().toList();
      if (hosts.contains("far1")) {
        again++;
        assertThat(hosts).hasSize(2).first().isEqualTo("far1");
        assertThat(hosts).last().isNotEqualTo("far1");
        assertThat(lastTime(tree, name, "far1")).isLessThan(firstTime(tree, name, hosts.get(1)));
      } else {
        assertThat(hosts).hasSize(1);
      }
    }
    assertThat(again).isEqualTo(2);
    run.awaitNoSurvivors();
  }

  @Test
  void nothingIsStartedOnAHostThatDoesNotComeUpAndThatIsToldOnce() {
    Tree tree =
        tree()
            .folder("a", "command: 'true'")
            .folder("b", "command: 'true'")
            .file(
                "../start.sh",
                "[ $1 != nowhere ] || { echo no such host; exit 255; }; shift; exec \"$@\"");
    String line = "sh " + directory.resolve("start.sh") + " {host} {command}";
    Cli.Ended ended =
        Cli.jobfold(
                "run", tree.root(), "--hosts", "nowhere:2,far:2,localhost:1", "--start-line", line)
            .run();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err())
        .containsOnlyOnce("no such host")
        .containsOnlyOnce(
            "jobfold: host 'nowhere' is lost (it does not come up: 'sh' ended with exit code 255,"
                + " and said: no such host): its 2 ranks are left out\n")
        .contains("2 folders: 2 succeeded, 0 failed;");
  }

  private static long lastTime(Tree tree, String folder, String host) {
    return times(tree, folder, host).max().orElseThrow();
  }

  private static long firstTime(Tree tree, String folder, String host) {
    return times(tree, folder, host).min().orElseThrow();
  }

  private static LongStream times(Tree tree, String folder, String host) {
    return tree.text(folder + "/times")
        .lines()
        .filter(line -> line.startsWith(host + " ") && line.length() == host.length() + 20)
        .mapToLong(line -> Long.parseLong(line.substring(host.length() + 1)));
  }

  @Test
  void aRunOfThisHostAloneWaitsForAgentsOfOneThatDied() {
    Tree tree =
        tree()
            .folder("a", "command: echo ok")
            .file(".jobfold/lead-4711", "{\"jobfold-lead\":1}\nfar\n");
    long begin = System.nanoTime();
    Cli.Ended ended = Cli.jobfold("run", tree.root()).run();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(5));
    assertThat(tree.all()).noneMatch(file -> file.startsWith(".jobfold/lead-"));
  }

  @Test
  void aSignalEndsWhatRunsOnAllHosts() {
    Tree tree = tree().fifo("../ready");
    for (String name : List.of("a", "b", "c")) {
      tree.folder(
          name,
          "command: 'trap \"echo told > told; exit 0\" TERM; echo > ../../ready; read x < never'");
      tree.fifo(name + "/never");
    }
    Cli.Started run =
        Cli.jobfold("run", tree.root(), "--hosts", "localhost:1,far:2", "--start-line", HERE)
            .start();
    tree.await("../ready", 3);
    run.signal("TERM");
    assertThat(run.end().code()).isEqualTo(143);
    run.awaitNoSurvivors();
    assertThat(List.of("a/told", "b/told", "c/told"))
        .allSatisfy(file -> assertThat(tree.at(file)).exists());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a:x; host 'a' can not have 'x' ranks: give a number from 1 on",
        "a:0; host 'a' can not have '0' ranks: give a number from 1 on",
        "a:; host 'a' can not have '' ranks: give a number from 1 on",
        ":8; ':8' is no host and its ranks: write them as 'a:8'",
        "a:8,,b:8; a host has no name: write hosts as 'a:8,b:8'",
        "a b:8; 'a b:8' is no host and its ranks: write them as 'a:8'",
        "-oProxyCommand=x; '-oProxyCommand=x' is no host and its ranks: write them as 'a:8'",
        "a:9999999; host 'a' can not have '9999999' ranks: give a number from 1 on"
      })
  void hostsThatAreNoneAreRefused(String hosts, String message) {
    Tree tree = tree().folder("a", "command: 'true'");
    InProcess run = InProcess.jobfold("run", tree.root().toString(), "--hosts=" + hosts);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("--hosts: " + message + "\n");
  }

  @Test
  void eachBadLineOfAMachineFileIsTold() {
    Tree tree =
        tree().folder("a", "command: 'true'").file("../machines", "a\nb slots=no\nc cores=8\n/d\n");
    String file = tree.at("../machines").normalize().toString();
    InProcess run = InProcess.jobfold("run", tree.root().toString(), "--machinefile", file);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            file
                + ":2: host 'b' can not have 'no' ranks: give a number from 1 on\n"
                + file
                + ":3: 'c cores=8' is no host and its ranks: write 'host', 'host:8' or 'host slots=8'\n"
                + file
                + ":4: '/d' is no host and its ranks: write them as 'a:8'\n");
    InProcess none =
        InProcess.jobfold("run", tree.root().toString(), "--machinefile", file + ".none");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("the machine file can not be read: there is no such file");
  }

  @Test
  void ranksAndHostsAreOneOrTheOther() {
    Tree tree = tree().folder("a", "command: 'true'");
    InProcess run = InProcess.jobfold("run", tree.root().toString(), "--ranks=2", "--hosts=a:2");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("'--ranks', '--hosts' and '--machinefile' each say which ranks there are");
  }

  @Test
  void whatIsNearerToTheUserOverrules() {
    Tree tree =
        tree()
            .folder("a", "command: 'true'")
            .file("jobfold.yaml", "hosts: [a:8, b:4]\nstart-line: rsh {host} {command}\n");
    assertThat(settings(Map.of(), tree)).contains("hosts=a:8 (file)", "hosts=b:4 (file)");
    assertThat(settings(Map.of("JOBFOLD_HOSTS", "c:1,d:2"), tree))
        .contains("hosts=c:1 (environment)", "hosts=d:2 (environment)")
        .noneMatch(line -> line.contains("a:8"));
    assertThat(settings(Map.of("JOBFOLD_HOSTS", "c:1,d:2"), tree, "--ranks", "3"))
        .contains("ranks=3 (command-line)")
        .noneMatch(line -> line.startsWith("hosts=") && !line.startsWith("hosts= "));
    assertThat(
            settings(
                Map.of("JOBFOLD_HOSTS", "c", "JOBFOLD_FOLDER", "/x", "JOBFOLD_MACHINEFILE", "m"),
                tree))
        .as("what a trial is told of its own ranks")
        .contains("hosts=a:8 (file)")
        .noneMatch(line -> line.startsWith("machinefile=m"));
  }

  @Test
  void aStartLineThatIsNoneIsRefused() {
    Tree tree =
        tree().folder("a", "command: 'true'").file("jobfold.yaml", "start-line: rsh {host}\n");
    Cli.Ended ended = Cli.jobfold("run", "tree", "--hosts", "far:2").in(directory).run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .startsWith(
            "tree/jobfold.yaml:1: 'start-line' can not be used: the start line 'rsh {host}'");
    assertThat(tree.at(".jobfold")).doesNotExist();
  }

  @Test
  void thisHostIsNamedOnce() {
    Tree tree = tree().folder("a", "command: 'true'");
    Cli.Ended ended = Cli.jobfold("run", tree.root(), "--hosts", "localhost:1,127.0.0.1:2").run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualTo(
            "--hosts: 'localhost' and '127.0.0.1' are both this host: name it once, with all its"
                + " ranks\n");
  }

  @Test
  void aRunThatNoHostComesUpForIsRefusedWithWhatTheStartSaid() {
    Tree tree =
        tree()
            .folder("a", "command: 'true'")
            .file("../start", "#!/bin/sh\necho no route to $1\nexit 255\n");
    Cli.Ended ended =
        Cli.jobfold(
                "run",
                tree.root(),
                "--hosts",
                "far:2",
                "--start-line",
                tree.at("../start").normalize() + " {host} {command}")
            .run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains("host 'far': does not come up: ", "exit code 255, and said: no route to far");
    assertThat(tree.all()).doesNotContain("a/stdout");
  }

  private static List<String> settings(
      Map<String, String> environment, Tree tree, String... arguments) {
    List<String> words = new ArrayList<>(List.of("config", tree.root().toString(), "--json"));
    words.addAll(List.of(arguments));
    InProcess config = InProcess.jobfold(environment, words.toArray(String[]::new));
    assertThat(config.err()).isEmpty();
    List<String> lines = new ArrayList<>();
    for (JsonNode each : new Cli.Ended(config.code(), config.out(), "").json().get("settings")) {
      lines.add(
          each.get("name").asText()
              + "="
              + each.path("value").asText()
              + " ("
              + each.get("origin").asText()
              + ")");
    }
    return lines;
  }

  private static String ownName() {
    return Cli.Shell.run("cat /proc/sys/kernel/hostname").strip();
  }
}
