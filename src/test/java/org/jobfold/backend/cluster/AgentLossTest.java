package org.jobfold.backend.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.RefusedException;
import org.jobfold.spi.EventLog;
import org.jobfold.spi.Fifo;
import org.jobfold.spi.Force;
import org.jobfold.spi.Order;
import org.jobfold.spi.Orders;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionEvent;
import org.jobfold.spi.SessionEvent.Ended;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a session over several hosts does when one is lost, with real agents. */
@Timeout(120)
class AgentLossTest {
  private static final Host HERE = new Host("here");
  private static final Host A = new Host("a");
  private static final Host B = new Host("b");
  private static final Placement ALL = Clusters.ranks("here", 1, "a", 2, "b", 2);

  @TempDir private Path root = Path.of("");
  private final EventLog events = new EventLog();
  private Optional<Session> open = Optional.empty();

  @AfterEach
  void close() {
    open.ifPresent(Session::close);
  }

  @Test
  void theFoldersOfAnAgentThatIsKilledEndAndSoDoItsRanks() throws IOException {
    Session session = open(Clusters.backend(root, ALL, HERE));
    Order lost = on("/lost", "echo $PPID > agent; sleep 1000", A);
    Order kept = on("/kept", "echo > ready; read x < go; echo ok", B);
    Fifo ready = fifo("/kept", "ready");
    Fifo go = fifo("/kept", "go");
    session.launch(lost);
    session.launch(kept);
    ready.await();
    long pid = events.started(lost.id()).pid();
    kill("KILL", agentOf("/lost"));
    long begin = System.nanoTime();
    Ended ended = events.ended(lost.id());
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    assertThat(isAlive(pid)).isFalse();
    assertThat(ended.outcome().cause().orElseThrow()).isInstanceOf(Cause.NodeLost.class);
    assertThat(ended.outcome().cause().orElseThrow().text()).contains("host 'a'");
    assertThat(ended.usage().elapsed()).isPositive();
    SessionEvent.RanksLost ranks = events.lost(A);
    assertThat(ranks.ranks()).containsExactly(1, 2);
    assertThat(events.all().indexOf(ranks)).isGreaterThan(events.all().indexOf(ended));

    Order late = on("/late", "true", A);
    session.launch(late);
    assertThat(cause(late)).isInstanceOf(Cause.NodeLost.class);
    go.write("");
    assertThat(events.ended(kept.id()).outcome()).isEqualTo(Outcome.success());
  }

  @Test
  void whatAStoppedAgentHasStartedEndsBeforeItIsTold() throws IOException {
    Session session = open(Clusters.backend(root, ALL, HERE));
    Order lost = on("/lost", "echo $PPID > agent; sleep 1000", A);
    session.launch(lost);
    long pid = events.started(lost.id()).pid();
    long agent = agentOf("/lost");
    kill("STOP", agent);
    long begin = System.nanoTime();
    assertThat(cause(lost)).isInstanceOf(Cause.NodeLost.class);
    assertThat(isAlive(pid)).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    Clusters.until("the agent is gone", () -> !isAlive(agent));
  }

  @Test
  void whatEndsWithTheWholeJobHasItsTimeToTidyUpOnAllHosts() throws IOException {
    Session session = open(Clusters.backend(root, ALL, HERE));
    Order order =
        on(
            "/tidy",
            "trap 'echo > tidying; read x < go; echo tidy; exit 0' TERM; echo $PPID > agent; while :; do sleep 0.1; done",
            A);
    Fifo tidying = fifo("/tidy", "tidying");
    Fifo go = fifo("/tidy", "go");
    session.launch(order);
    long agent = agentOf("/tidy");
    session.end(order.id(), Force.TERMINATE);
    tidying.await();
    kill("TERM", agent);
    go.write("");
    assertThat(events.ended(order.id()).outcome()).isEqualTo(Outcome.success());
    assertThat(root.resolve("tidy/stdout")).hasContent("tidy");
    events.lost(A);
    Clusters.until("the agent is gone", () -> !isAlive(agent));
  }

  @Test
  void whatASignalEndsWithItsAgentAloneIsLostAndHasNotFailed() throws IOException {
    Session session = open(Clusters.backend(root, ALL, HERE));
    Order order = on("/lost", "echo $PPID > agent; sleep 1000", A);
    session.launch(order);
    long pid = events.started(order.id()).pid();
    kill("TERM", agentOf("/lost"));
    kill("TERM", pid);
    assertThat(cause(order)).isInstanceOf(Cause.NodeLost.class);
    events.lost(A);
  }

  @Test
  void whatIsAskedOfALostHostBeforeThatIsToldNeverStarts() throws IOException {
    Session session = open(Clusters.backend(root, ALL, HERE));
    Order first = on("/first", "echo $PPID > agent; sleep 1000", A);
    session.launch(first);
    events.started(first.id());
    long agent = agentOf("/first");
    kill("KILL", agent);
    Clusters.until("the agent is gone", () -> !isAlive(agent));
    Order second = on("/second", "true", A);
    Order third = on("/third", "true", A);
    session.launch(second);
    session.launch(third);
    session.end(third.id(), Force.TERMINATE);
    assertThat(cause(third)).isInstanceOfAny(Cause.Interrupted.class, Cause.NodeLost.class);
    assertThat(cause(second)).isInstanceOf(Cause.NodeLost.class);
    assertThat(root.resolve("second/stdout")).doesNotExist();
    events.lost(A);
  }

  @Test
  void anOrderOfTwoHostsEndsWithTheLossOfTheOther() throws IOException {
    Session session = open(Clusters.backend(root, ALL, HERE));
    Order watch = on("/watch", "echo $PPID > agent; sleep 1000", B);
    session.launch(watch);
    events.started(watch.id());
    Order both = on("/both", "cat $JOBFOLD_MACHINEFILE; echo > ready; sleep 1000", A, B);
    Fifo ready = fifo("/both", "ready");
    session.launch(both);
    ready.await();
    assertThat(root.resolve("both/stdout")).hasContent("a\nb");
    long pid = events.started(both.id()).pid();
    kill("KILL", agentOf("/watch"));
    assertThat(cause(both)).isInstanceOf(Cause.NodeLost.class);
    assertThat(cause(both).text()).contains("host 'b'");
    assertThat(isAlive(pid)).isFalse();
    assertThat(events.ended(both.id()).stdout()).isEqualTo("stdout");
    assertThat(events.lost(B)).isNotNull();
    assertThat(events.all()).containsSubsequence(events.ended(both.id()), events.lost(B));
    Order again = on("/again", "true", A);
    session.launch(again);
    assertThat(events.ended(again.id()).outcome().succeeded()).isTrue();
  }

  @Test
  void noFolderRunsTwiceAtATimeWhenTheNetworkOfAHostIsCut() throws IOException {
    assumeThat(VirtualHosts.areAllowed()).as("this machine allows virtual hosts").isTrue();
    try (VirtualHosts hosts = VirtualHosts.make(2, root)) {
      Placement ranks = Clusters.ranks(hosts.name(1), 1, hosts.name(2), 1);
      Session session = open(Clusters.backend(root, ranks, HERE, hosts.line(), Clusters.OPTIONS));
      String line =
          "hostname >> hosts; while :; do echo $(hostname) $(date +%s%N) >> times; sleep 0.02; done";
      Order first = on("/f", line, new Host(hosts.name(1)));
      session.launch(first);
      events.started(first.id());
      Clusters.until("it runs", () -> Files.exists(root.resolve("f/times")));
      hosts.cut(1);
      long begin = System.nanoTime();
      assertThat(cause(first)).isInstanceOf(Cause.NodeLost.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
      Order second =
          new Order(
              new TrialId(first.id().folder(), 2, 0),
              first.folder(),
              first.step(),
              placement(new Host(hosts.name(2))),
              1);
      session.launch(second);
      events.started(second.id());
      Clusters.until("both ran", () -> times(hosts.name(2)).size() > 5);
      hosts.mend(1);
      session.close();
      List<Long> before = times(hosts.name(1));
      List<Long> after = times(hosts.name(2));
      assertThat(before.get(before.size() - 1)).isLessThan(after.get(0));
      assertThat(Files.readAllLines(root.resolve("f/hosts")))
          .containsExactly(hosts.name(1), hosts.name(2));
    }
  }

  @Test
  void aHostThatDoesNotComeUpIsLostFromTheBeginning() throws Exception {
    ClusterBackend backend =
        Clusters.backend(
            root,
            ALL,
            HERE,
            StartLine.parse("sh " + onlyA() + " {host} {command}"),
            Clusters.OPTIONS);
    assertThat(backend.sweep(Duration.ZERO)).noneMatch(said -> said.contains("'b'"));
    Session session = open(backend);
    assertThat(events.lost(B).reason())
        .isEqualTo("it does not come up: 'sh' ended with exit code 7, and said: no way to b");
    Order order = on("/a", "true", A);
    session.launch(order);
    assertThat(events.ended(order.id()).outcome().succeeded()).isTrue();
  }

  @Test
  void orTheRunIsRefused() throws IOException {
    StartLine line = StartLine.parse("sh " + onlyA() + " {host} {command}");
    ClusterBackend all =
        Clusters.backend(
            root, ALL, HERE, line, Clusters.OPTIONS.withMissing(ClusterOptions.Missing.REFUSE));
    assertThatThrownBy(() -> all.sweep(Duration.ZERO))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("host 'b'")
        .hasMessageContaining("no way to b");
    ClusterBackend none =
        Clusters.backend(root, Clusters.ranks("b", 1), HERE, line, Clusters.OPTIONS);
    assertThatThrownBy(() -> none.sweep(Duration.ZERO)).isInstanceOf(RefusedException.class);
    try (var left = Files.newDirectoryStream(root.resolve(".jobfold"))) {
      assertThat(left).as("no lead is left").isEmpty();
    }
  }

  @Test
  void aHostThatIsSilentIsNotWaitedForForEver() throws Exception {
    Path wait = Files.writeString(root.resolve("wait.sh"), "read x; exec sleep 1000");
    ClusterBackend waiting =
        Clusters.backend(
            root,
            Clusters.ranks("here", 1, "b", 1),
            HERE,
            StartLine.parse("sh " + wait + " {host} {command}"),
            Clusters.OPTIONS.withPatience(Duration.ofMillis(300)));
    open(waiting);
    assertThat(events.lost(B).reason()).contains("nothing was heard of its agent within ");
  }

  @Test
  void anAgentThatDoesNotSeeTheTreeSaysSo() throws Exception {
    assumeThat(VirtualHosts.areAllowed()).as("this machine allows mounts").isTrue();
    Path hide =
        Files.writeString(
            root.resolve("hide.sh"), "shift; mount -t tmpfs none \"" + root + "\"; exec \"$@\"");
    ClusterBackend backend =
        Clusters.backend(
            root,
            Clusters.ranks("here", 1, "b", 1),
            HERE,
            StartLine.parse("unshare --mount sh " + hide + " {host} {command}"),
            Clusters.OPTIONS);
    open(backend);
    assertThat(events.lost(B).reason())
        .contains(root.toString(), "file system that all hosts share");
  }

  @Test
  void trialsFindTheSameVariablesEverywhere() throws IOException {
    Session session =
        open(
            Clusters.backend(
                root,
                ALL,
                HERE,
                StartLine.parse("env -u HOME FAR=1 X={host} {command}"),
                Clusters.OPTIONS));
    Order order = on("/a", "echo home=$HOME far=$FAR x=$X", A);
    session.launch(order);
    assertThat(events.ended(order.id()).outcome().succeeded()).isTrue();
    assertThat(root.resolve("a/stdout")).hasContent("home=" + System.getenv("HOME") + " far= x=");
  }

  private Path onlyA() throws IOException {
    return Files.writeString(
        root.resolve("only-a.sh"),
        "host=$1; shift; [ $host = a ] && exec \"$@\"; echo \"no way to $host\" >&2; exit 7");
  }

  private Session open(ClusterBackend backend) {
    Session session = backend.open(events);
    open = Optional.of(session);
    return session;
  }

  private Order on(String name, String line, Host... hosts) throws IOException {
    Files.createDirectories(root.resolve(name.substring(1)));
    Order order = Orders.of(JobFolder.shell(name, line));
    return new Order(
        order.id(), order.folder(), order.step(), placement(hosts), name.hashCode() & 0xfff);
  }

  private static Placement placement(Host... hosts) {
    Object[] words = new Object[2 * hosts.length];
    for (int i = 0; i < hosts.length; i++) {
      words[2 * i] = hosts[i].name();
      words[2 * i + 1] = 1;
    }
    return Clusters.ranks(words);
  }

  private Fifo fifo(String folder, String name) throws IOException {
    return Fifo.in(root.resolve(folder.substring(1)), name);
  }

  private long agentOf(String folder) throws IOException {
    Path file = root.resolve(folder.substring(1)).resolve("agent");
    Clusters.until("it says who started it", () -> Clusters.text(file).endsWith("\n"));
    return Long.parseLong(Clusters.text(file).strip());
  }

  private Cause cause(Order order) {
    return events.ended(order.id()).outcome().cause().orElseThrow();
  }

  private List<Long> times(String host) {
    return Clusters.text(root.resolve("f/times"))
        .lines()
        .filter(line -> line.startsWith(host + " ") && line.length() > host.length() + 19)
        .map(line -> Long.parseLong(line.substring(host.length() + 1)))
        .toList();
  }

  private static void kill(String signal, long pid) throws IOException {
    try {
      assertThat(
              new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                  .inheritIO()
                  .start()
                  .waitFor())
          .isZero();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isAlive(long pid) {
    // of one that has ended there may be an entry yet, which its new parent has not read
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return !stat.substring(stat.lastIndexOf(") ") + 2).startsWith("Z");
    } catch (IOException gone) {
      return false;
    }
  }
}
