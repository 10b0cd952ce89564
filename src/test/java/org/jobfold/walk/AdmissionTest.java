package org.jobfold.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jobfold.comm.Claim;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which folders start, with how many ranks and tokens free, beside what runs. */
class AdmissionTest {
  private static final Sharing RANKS =
      new Sharing.PerFolder(100, f -> f.settings().ranks().orElse(1));

  private final Map<String, Integer> queues = new HashMap<>(Map.of("q", 2, "r", 2));
  private Sharing sharing = RANKS;
  private Outlook outlook = new Outlook(Duration.ZERO, List.of());
  private int ranks = 4;
  private int[] ranksPerHost = {};

  @Test
  void theHeadOfAQueueHoldsUpThoseBehindItWhenNothingIsKnown() {
    free("q", 1);
    assertThat(admitted(folder("/a", 1, 0, "q2"), folder("/b", 1, 0, "q1"))).isEmpty();
  }

  @Test
  void eachQueueHasItsOwnHead() {
    free("q", 1);
    assertThat(
            admitted(
                folder("/a", 1, 0, "q2"),
                folder("/b", 1, 0, "r1"),
                folder("/c", 1, 0),
                folder("/d", 1, 0, "q1")))
        .containsExactly("/b", "/c");
  }

  @Test
  void tokensOfSeveralQueuesAreTakenAllOrNone() {
    free("r", 0);
    assertThat(admitted(folder("/a", 1, 0, "q1", "r1"), folder("/b", 1, 0, "q2")))
        .as("/a holds nothing, but is the head of both queues")
        .isEmpty();
    free("r", 1);
    assertThat(admitted(folder("/a", 1, 0, "q1", "r1"), folder("/b", 1, 0, "q1")))
        .containsExactly("/a", "/b");
  }

  @Test
  void aFolderGoesBeforeTheHeadIfItEndsBeforeThatCanStart() {
    free("q", 1);
    runs(Map.of("q", 1), 1, 100);
    assertThat(admitted(folder("/a", 1, 0, "q2"), timed("/b", 100, "q1"))).containsExactly("/b");
    assertThat(admitted(folder("/a", 1, 0, "q2"), timed("/b", 101, "q1"))).isEmpty();
    assertThat(admitted(folder("/a", 1, 0, "q2"), folder("/b", 1, 0, "q1"))).isEmpty();
  }

  @Test
  void aFolderGoesBeforeTheHeadIfThatHasWhatItNeedsAllTheSame() {
    ranks = 3;
    free("q", 0);
    runs(Map.of("q", 2), 1, 100);
    assertThat(admitted(folder("/a", 4, 0, "q1"), folder("/b", 1, 0)))
        .as("/a needs the rank of /b at 100 s")
        .isEmpty();
    assertThat(admitted(folder("/a", 3, 0, "q1"), folder("/b", 1, 0))).containsExactly("/b");
  }

  @Test
  void lessPriorityGoesFirstOnlyWhereItDoesNoHarm() {
    ranks = 2;
    assertThat(admitted(folder("/wide", 4, 5), folder("/a", 1, 0))).isEmpty();
    runs(Map.of(), 2, 60);
    assertThat(admitted(folder("/wide", 4, 5), folder("/a", 1, 0))).isEmpty();
    assertThat(admitted(folder("/wide", 4, 5), timed("/a", 60))).containsExactly("/a");
    assertThat(admitted(folder("/wide", 3, 5), folder("/a", 1, 0))).containsExactly("/a");
  }

  @Test
  void amongEqualsTheRanksAreFilled() {
    assertThat(admitted(folder("/a", 3, 0), folder("/b", 2, 0), folder("/c", 2, 0)))
        .containsExactly("/b", "/c");
  }

  @Test
  void theLargerPriorityComesFirstWhateverTheName() {
    ranks = 1;
    assertThat(admitted(folder("/a", 1, 0), folder("/b", 1, 3), folder("/c", 1, -3)))
        .containsExactly("/b");
  }

  @Test
  void tokensAreCountedWhereRanksAreSharedOutEqually() {
    sharing = new Sharing.Equal(4);
    assertThat(
            admitted(
                folder("/a", 1, 0, "q1"),
                folder("/b", 1, 0, "q1"),
                folder("/c", 1, 0, "q1"),
                folder("/d", 1, 0)))
        .containsExactly("/a", "/b", "/d");
  }

  @Test
  void aTokenThatIsGivenBackLetsTheNextGo() {
    Tokens tokens = new Tokens(Map.of("q", 1));
    Admission admission = new Admission(sharing, tokens, w -> Optional.empty());
    Startable waiting = new Startable(sharing);
    waiting.add(Waiting.first(folder("/a", 1, 0, "q1")));
    waiting.add(Waiting.first(folder("/b", 1, 0, "q1")));
    Communicator world = Simulation.world(2);
    List<Admission.Admitted> first = admission.admit(waiting, world, 0, 4, () -> outlook);
    assertThat(names(first)).containsExactly("/a");
    assertThat(admission.admit(waiting, world, 1, 4, () -> outlook)).isEmpty();
    admission.ended(first.get(0).need());
    assertThat(names(admission.admit(waiting, world, 0, 4, () -> outlook))).containsExactly("/b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1 1"})
  void theFirstInLineIsOvertakenOnlySoOften(String hosts) {
    Startable waiting = new Startable(sharing);
    waiting.add(Waiting.first(folder("/0", 2, 0)));
    for (int i = 100; i < 200; i++) {
      waiting.add(Waiting.first(folder("/" + i, 1, 0)));
    }
    Admission admission = new Admission(sharing, new Tokens(Map.of()), w -> Optional.empty());
    Communicator world =
        Simulation.world(Arrays.stream(hosts.split(" ")).mapToInt(Integer::parseInt).toArray());
    int started = 0;
    for (List<Admission.Admitted> next = admission.admit(waiting, world, 0, 4, () -> outlook);
        !next.isEmpty();
        next = admission.admit(waiting, world, 0, 4, () -> outlook)) {
      started += next.size();
      next.forEach(each -> each.ranks().release());
    }
    assertThat(started).isEqualTo(Admission.OVERTAKINGS);
  }

  // ---- several hosts, the widest of four ranks

  @Test
  void ranksOnSeveralHostsAreNoneForAFolderThatFitsOne() {
    hosts(2, 2);
    assertThat(admitted(folder("/a", 3, 0), folder("/b", 2, 0), folder("/c", 2, 0)))
        .containsExactly("/b", "/c");
    assertThat(admitted(mpi("/a", 3), folder("/b", 1, 0))).containsExactly("/a", "/b");
    assertThat(admitted(folder("/a", 5, 0))).isEmpty();
    hosts(2, 3);
    assertThat(admitted(folder("/a", 5, 0))).as("wider than any host").containsExactly("/a");
  }

  @Test
  void whatWouldFillTheRanksButNotTheHostsGivesWayToWhatFits() {
    hosts(3, 3);
    assertThat(admitted(folder("/a", 2, 0), folder("/b", 2, 0), folder("/c", 2, 0)))
        .containsExactly("/a", "/b");
    assertThat(
            admitted(
                folder("/a", 2, 0), folder("/b", 2, 0), folder("/c", 2, 0), folder("/d", 1, 0)))
        .as("three of two ranks fill six, but not on two hosts")
        .containsExactly("/a", "/b", "/d");
    assertThat(admitted(folder("/a", 2, 0), mpi("/b", 2), mpi("/c", 2)))
        .containsExactly("/a", "/b", "/c");
  }

  @Test
  void behindAHeadThatWaitsForAHostOthersStartWhereThatDoesItNoHarm() {
    hosts(2, 2);
    outlook =
        new Outlook(
            Duration.ZERO,
            List.of(
                new Outlook.Held(
                    new Need(2, Map.of()), held("h0", 2), Optional.of(Duration.ofSeconds(60)))));
    assertThat(admitted(folder("/head", 4, 5), folder("/a", 2, 0)))
        .as("the head is to have host h0 at 60 s, and /a would be given that")
        .isEmpty();
    hosts(2, 1);
    assertThat(admitted(folder("/head", 4, 5), folder("/a", 1, 0))).containsExactly("/a");
    assertThat(admitted(folder("/head", 4, 5), timed("/a", 60), timed("/b", 61)))
        .containsExactly("/a");
  }

  // ---- GPUs

  @Test
  void aFolderWithoutGpusGoesBeforeOneThatWaitsForThem() {
    assertThat(admittedBesideBusyGpu(gpu("/a", 2, 5), folder("/b", 1, 0)))
        .as("/a waits for the GPU, and two ranks stay for it")
        .containsExactly("/b");
    assertThat(admittedBesideBusyGpu(gpu("/a", 4, 5), folder("/b", 1, 0)))
        .as("/b would have a rank that /a needs when the GPU is free")
        .isEmpty();
    assertThat(admittedBesideBusyGpu(gpu("/a", 4, 5), timed("/b", 60))).containsExactly("/b");
    assertThat(admittedBesideBusyGpu(gpu("/a", 4, 5), timed("/b", 61))).isEmpty();
  }

  @Test
  void whatFillsTheRanksButLacksGpusGivesWay() {
    Placement all = new Placement(List.of(share(4, "x")));
    assertThat(
            admitted(Communicator.world(all), gpu("/a", 2, 0), gpu("/b", 2, 0), folder("/c", 1, 0)))
        .containsExactly("/a", "/c");
  }

  /** Three ranks are free; the only GPU is held for 60 seconds, with one rank. */
  private List<String> admittedBesideBusyGpu(JobFolder... folders) {
    Communicator world = Communicator.world(new Placement(List.of(share(4, "x"))));
    Communicator busy = world.lend(new Claim(1, 1, 1));
    outlook =
        new Outlook(
            Duration.ZERO,
            List.of(
                new Outlook.Held(
                    new Need(new Claim(1, 1, 1), Map.of(), Need.Span.HOST),
                    busy.placement(),
                    Optional.of(Duration.ofSeconds(60)))));
    return admitted(world, folders);
  }

  private static Placement.Share share(int ranks, String... gpus) {
    return new Placement.Share(
        new Host("h0"), IntStream.range(0, ranks).boxed().toList(), 1, List.of(gpus));
  }

  private static JobFolder gpu(String name, int ranks, int priority) {
    JobFolder folder = folder(name, ranks, priority);
    return folder.with(folder.settings().edit().gpus(1).build());
  }

  private static JobFolder mpi(String name, int ranks) {
    JobFolder folder = folder(name, ranks, 0);
    return folder.with(folder.settings().withMpi());
  }

  private void free(String queue, int tokens) {
    queues.put(queue, tokens);
  }

  private void runs(Map<String, Integer> tokens, int held, int seconds) {
    outlook =
        new Outlook(
            Duration.ZERO,
            List.of(
                new Outlook.Held(
                    new Need(held, tokens),
                    held("h0", held),
                    Optional.of(Duration.ofSeconds(seconds)))));
  }

  private static Placement held(String host, int ranks) {
    return new Placement(
        List.of(
            new Placement.Share(
                new Host(host), IntStream.range(100, 100 + ranks).boxed().toList())));
  }

  private void hosts(int... free) {
    ranksPerHost = free;
  }

  private List<String> admitted(JobFolder... folders) {
    int[] hosts = ranksPerHost.length > 0 ? ranksPerHost : new int[] {ranks};
    return admitted(Simulation.world(hosts), folders);
  }

  private List<String> admitted(Communicator world, JobFolder... folders) {
    Startable waiting = new Startable(sharing);
    Arrays.stream(folders).map(Waiting::first).forEach(waiting::add);
    Admission admission =
        new Admission(sharing, new Tokens(queues), w -> w.folder().settings().timeout());
    return names(admission.admit(waiting, world, 0, 4, () -> outlook));
  }

  private static List<String> names(List<Admission.Admitted> admitted) {
    return admitted.stream().map(a -> a.waiting().folder().name().path()).sorted().toList();
  }

  /** One rank, known to take so long at most. */
  private static JobFolder timed(String name, int seconds, String... tokens) {
    JobFolder folder = folder(name, 1, 0, tokens);
    return folder.with(folder.settings().withTimeout(Duration.ofSeconds(seconds)));
  }

  /** Tokens as {@code q2}: two of queue {@code q}. */
  private static JobFolder folder(String name, int ranks, int priority, String... tokens) {
    Map<String, Integer> wanted = new HashMap<>();
    for (String each : tokens) {
      wanted.put(each.substring(0, 1), Integer.parseInt(each.substring(1)));
    }
    return JobFolder.shell(name, "true")
        .with(Settings.DEFAULT.edit().ranks(ranks).priority(priority).tokens(wanted).build());
  }
}
