package org.jobfold.walk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.After;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Phase;
import org.jobfold.folder.Settings;
import org.jobfold.spi.Force;
import org.jobfold.spi.Loss;
import org.jobfold.spi.Order;
import org.jobfold.spi.SessionEvent;
import org.jobfold.spi.Withholding;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;

/**
 * A world in which a walk's actions take effect at once and processes end when the test says so. It
 * checks, at each step, what must always hold: no rank is shared, no more folders run than there
 * are pools, slots are unique, no folder starts before its delay is over; no queue gives out more
 * tokens than it has, no folder starts before those that it waits for have ended as they must, none
 * of the last phase before the others, and none of the others when as many have failed as may.
 */
final class Simulation {
  final Walk walk;
  final Communicator world;
  private final Placement allocation;
  final Map<TrialId, Order> running = new LinkedHashMap<>();
  final Map<TrialId, List<Force>> asked = new HashMap<>();
  final Map<FolderName, FinalState> settled = new LinkedHashMap<>();
  final List<TrialId> launched = new ArrayList<>();
  final Map<FolderName, List<Duration>> delays = new HashMap<>();
  private final Map<FolderName, Duration> notBefore = new HashMap<>();
  final List<String> warned = new ArrayList<>();
  final List<Integer> outOfTime = new ArrayList<>();
  private final Map<TrialId, Duration> began = new HashMap<>();
  private final Optional<Deadline> deadline;
  private final int nbpools;
  private final WalkRules rules;
  private JobTree tree;

  /** The folders that ran when the tree was changed: they go on as they were. */
  private final Set<FolderName> leftAlone = new HashSet<>();

  /** The folders that earlier runs have finished. */
  private final Map<FolderName, FinalState> before = new HashMap<>();

  final List<Withholding> withholdings = new ArrayList<>();

  /** What the walk has said of lost ranks, and of hosts that it does not trust. */
  final List<String> told = new ArrayList<>();

  private final Set<Integer> lost = new HashSet<>();

  Duration now = Duration.ZERO;

  Simulation(WalkRules rules, JobTree tree, int... ranksPerHost) {
    this(rules, tree, Past.none(), ranksPerHost);
  }

  Simulation(WalkRules rules, JobTree tree, Past past, int... ranksPerHost) {
    this(rules, tree, past, world(ranksPerHost));
  }

  Simulation(WalkRules rules, JobTree tree, Past past, Communicator world) {
    this.nbpools = rules.sharing().nbpools();
    this.deadline = rules.deadline();
    this.rules = rules;
    this.tree = tree;
    tree.folders().forEach(f -> past.ending(f).ifPresent(end -> before.put(f.name(), end)));
    this.walk = new Walk(rules, tree, past);
    this.world = world;
    this.allocation = world.placement();
    walk.begin(world);
  }

  static Communicator world(int... ranksPerHost) {
    List<Placement.Share> shares = new ArrayList<>();
    int next = 0;
    for (int h = 0; h < ranksPerHost.length; h++) {
      shares.add(
          new Placement.Share(
              new Host("h" + h), IntStream.range(next, next + ranksPerHost[h]).boxed().toList()));
      next += ranksPerHost[h];
    }
    return Communicator.world(new Placement(shares));
  }

  /** Updates the walk; waiting folders that the new tree does not have stay. */
  Simulation update(JobTree newer) {
    running.keySet().forEach(id -> leftAlone.add(id.folder()));
    walk.update(newer, Walk.DeleteOld.NO);
    tree = tree.updatedBy(newer);
    return step();
  }

  /** The session is lost with all that runs, and there is another one. */
  Simulation loseSession() {
    walk.abandon();
    running.clear();
    walk.begin(world);
    return step();
  }

  /** A host is lost, or some of its ranks: what ran there ends first. */
  Simulation lose(String host, Integer... ranks) {
    List<Integer> gone = List.of(ranks);
    List.copyOf(running.values()).stream()
        .filter(
            order ->
                order.placement().shares().stream()
                    .anyMatch(
                        share ->
                            share.host().name().equals(host)
                                && share.ranks().stream().anyMatch(gone::contains)))
        .forEach(order -> over(order, Outcome.failed(new Cause.NodeLost("no answer"))));
    lost.addAll(gone);
    walk.lost(new Host(host), gone, "no answer", now);
    return step();
  }

  /** Performs all that the walk wants now. */
  Simulation step() {
    for (List<Action> actions = walk.next(now); !actions.isEmpty(); actions = walk.next(now)) {
      actions.forEach(this::perform);
      check();
    }
    return this;
  }

  /** Lets a process end, and performs what follows. */
  Simulation end(String folder, Outcome outcome) {
    Order order =
        running.values().stream()
            .filter(o -> o.folder().name().path().equals(folder))
            .findFirst()
            .orElseThrow(
                () -> new AssertionError(folder + " does not run, but " + running.keySet()));
    over(order, outcome);
    return step();
  }

  private void over(Order order, Outcome outcome) {
    running.remove(order.id());
    walk.ended(
        new SessionEvent.Ended(
            order.id(), outcome, usage(order.id()), "stdout", "stderr", List.of()),
        now);
  }

  private Usage usage(TrialId id) {
    return new Usage(
        Instant.EPOCH,
        now.minus(Objects.requireNonNull(began.remove(id))),
        Duration.ZERO,
        Duration.ZERO,
        0);
  }

  Simulation succeed(String folder) {
    return end(folder, Outcome.success());
  }

  Simulation fail(String folder, int code) {
    return end(folder, Outcome.failed(new Cause.ExitCode(code)));
  }

  Simulation pass(Duration time) {
    now = now.plus(time);
    return step();
  }

  /**
   * Ends running processes in random order until nothing is left; where nothing runs, time passes
   * until the walk wants to be asked.
   */
  void finish(Random random, Function<TrialId, Outcome> outcomes) {
    step();
    while (!running.isEmpty() || !walk.idle()) {
      if (running.isEmpty() || (random.nextInt(8) == 0 && walk.wakeAt().isPresent())) {
        Duration wake = walk.wakeAt().orElseThrow();
        expect(wake.compareTo(now) > 0, "it wants to be asked at " + wake + ", and was at " + now);
        now = wake;
        step();
        continue;
      }
      List<TrialId> ids = List.copyOf(running.keySet());
      TrialId id = ids.get(random.nextInt(ids.size()));
      end(id.folder().path(), outcomes.apply(id));
    }
  }

  /** The folders that run now, in the order in which they were started. */
  List<String> runningFolders() {
    return running.keySet().stream().map(id -> id.folder().path()).toList();
  }

  /** On which host a running folder is, its first if there are several. */
  String hostOf(FolderName folder) {
    return running.values().stream()
        .filter(o -> o.id().folder().equals(folder))
        .findFirst()
        .orElseThrow()
        .placement()
        .hosts()
        .get(0)
        .name();
  }

  /** How many ranks a running folder has. */
  int ranksOf(String folder) {
    return running.values().stream()
        .filter(o -> o.folder().name().path().equals(folder))
        .findFirst()
        .orElseThrow()
        .placement()
        .size();
  }

  /** Why a folder failed for good. */
  Failure failure(String folder) {
    return Objects.requireNonNull(settled.get(new FolderName(folder))).failure().orElseThrow();
  }

  private void perform(Action action) {
    if (action instanceof Action.Lose lose) {
      Loss loss = lose.loss();
      told.add(
          loss.host() + " " + loss.ranks() + " again " + loss.again() + " left " + loss.left());
    } else if (action instanceof Action.Withhold kept) {
      withholdings.add(kept.withholding());
      told.add(
          kept.withholding().host()
              + " "
              + kept.withholding().verdict()
              + " "
              + kept.withholding().pause()
              + " "
              + kept.withholding().pardoned());
    } else if (action instanceof Action.GiveBack back) {
      told.add(back.host() + " is back");
    } else if (action instanceof Action.LeaveOut out) {
      told.add(out.folders() + " left out from " + out.first() + " on, left " + out.left());
    } else if (action instanceof Action.Launch launch) {
      expect(
          launch.order().placement().shares().stream()
              .flatMap(share -> share.ranks().stream())
              .noneMatch(lost::contains),
          launch.order().id() + " began on ranks that are lost");
      expectOneHost(launch.order());
      Order before = running.put(launch.order().id(), launch.order());
      if (before != null) {
        throw new AssertionError(before.id() + " was started twice");
      }
      launched.add(launch.order().id());
      expectToBeItsTurn(launch.order().folder());
      began.put(launch.order().id(), now);
      deadline.ifPresent(d -> expectToEndBefore(d.last(), launch.order()));
      Duration earliest = notBefore.getOrDefault(launch.order().id().folder(), Duration.ZERO);
      expect(
          earliest.compareTo(now) <= 0,
          launch.order().id() + " began at " + now + ", before " + earliest);
    } else if (action instanceof Action.End end) {
      asked.computeIfAbsent(end.id(), id -> new ArrayList<>()).add(end.force());
    } else if (action instanceof Action.Warn warning) {
      warned.add(warning.signal() + " " + warning.id());
    } else if (action instanceof Action.OutOfTime late) {
      outOfTime.add(late.left());
    } else if (action instanceof Action.TryAgain again) {
      delays.computeIfAbsent(again.folder(), f -> new ArrayList<>()).add(again.delay());
      notBefore.put(again.folder(), now.plus(again.delay()));
    } else if (action instanceof Action.Settle settle
        && settled.put(settle.folder(), settle.state()) != null) {
      throw new AssertionError(settle.folder() + " has two final states");
    }
  }

  /** What fits a host is on one, unless the MPI launcher starts it. */
  private void expectOneHost(Order order) {
    long widest =
        allocation.shares().stream()
            .mapToLong(s -> s.ranks().stream().filter(rank -> !lost.contains(rank)).count())
            .max()
            .orElse(0);
    int size = order.placement().size();
    boolean fits = rules.sharing() instanceof Sharing.Equal ? size < widest : size <= widest;
    expect(
        order.folder().settings().mpi() || !fits || order.placement().hosts().size() == 1,
        order.id() + " is on " + order.placement() + ", and would fit one host");
  }

  private void expectToBeItsTurn(JobFolder folder) {
    boolean last = folder.phase() == Phase.FINALLY;
    if (leftAlone.contains(folder.name())) {
      return;
    }
    for (Dependency dependency : folder.depends()) {
      FolderName name = new FolderName(dependency.pattern());
      Optional<FinalState> end =
          Optional.ofNullable(settled.get(name)).or(() -> Optional.ofNullable(before.get(name)));
      boolean tagged = tree.find(name).orElseThrow().tagged();
      boolean ended =
          dependency.after() == After.SUCCESS
              ? end.filter(FinalState::succeeded).isPresent()
              : end.isPresent() || tagged || (last && isCutShort());
      expect(ended, folder.name() + " began, and " + name + " had not ended as it must: " + end);
    }
    if (last) {
      for (JobFolder other : tree.folders()) {
        boolean ended = settled.containsKey(other.name()) || before.containsKey(other.name());
        boolean runs = running.keySet().stream().anyMatch(id -> id.folder().equals(other.name()));
        expect(
            other.phase() == Phase.FINALLY || other.tagged() || ended || (isCutShort() && !runs),
            folder.name() + " is for the end, and began before " + other.name());
      }
    } else {
      expect(!hasFailedEnough(), folder.name() + " began after too many had failed");
    }
  }

  /** Whether folders are left that can not run any more. */
  private boolean isCutShort() {
    return hasFailedEnough()
        || told.stream().anyMatch(line -> line.contains("left out"))
        || settled.values().stream()
            .flatMap(state -> state.failure().stream())
            .anyMatch(Failure::interrupted);
  }

  private boolean hasFailedEnough() {
    long failed =
        settled.values().stream()
            .flatMap(state -> state.failure().stream())
            .filter(failure -> !failure.blocked() && !failure.interrupted())
            .count();
    return rules.maxFailures().stream().anyMatch(most -> failed >= most);
  }

  private void expectToEndBefore(Duration last, Order order) {
    Duration timeout = order.folder().settings().timeout().orElse(Duration.ZERO);
    expect(
        order.id().step() > 0 || now.plus(timeout).compareTo(last) <= 0,
        order.id() + " began at " + now + " and may take " + timeout + ", but all ends at " + last);
  }

  private void check() {
    Set<Integer> ranks = new HashSet<>();
    Set<String> gpus = new HashSet<>();
    Set<Integer> slots = new HashSet<>();
    Set<FolderName> folders = new HashSet<>();
    Map<String, Integer> tokens = new HashMap<>();
    for (Order order : running.values()) {
      order
          .placement()
          .shares()
          .forEach(
              share ->
                  share
                      .ranks()
                      .forEach(rank -> expect(ranks.add(rank), "rank " + rank + " is shared")));
      if (rules.sharing() instanceof Sharing.PerFolder asked) {
        expectWhatWasAsked(order, asked.coresPerRank(), gpus);
      }
      expect(slots.add(order.slot()), "slot " + order.slot() + " is shared");
      expect(folders.add(order.id().folder()), order.id().folder() + " runs twice");
    }
    running
        .values()
        .forEach(
            order ->
                order
                    .folder()
                    .settings()
                    .tokens()
                    .forEach((queue, count) -> tokens.merge(queue, count, Integer::sum)));
    tokens.forEach(
        (queue, count) ->
            expect(
                count <= rules.queues().getOrDefault(queue, 0),
                count + " tokens of " + queue + " are held of " + rules.queues()));
    expect(running.size() <= nbpools, running.size() + " folders run in " + nbpools + " pools");
    expect(slots.stream().allMatch(slot -> slot < nbpools), "slots are not small: " + slots);
    expect(
        walk.tally().running() == running.size(),
        "the tally counts " + walk.tally().running() + " of " + running.size());
  }

  /** The ranks of each process on one host, with cores for its threads, and GPUs of its own. */
  private void expectWhatWasAsked(Order order, int cores, Set<String> gpus) {
    Settings settings = order.folder().settings();
    for (Placement.Share share : order.placement().shares()) {
      List<String> there =
          allocation.shares().stream()
              .filter(all -> all.host().equals(share.host()))
              .findFirst()
              .orElseThrow()
              .gpus();
      expect(
          share.each() * cores >= settings.threads().orElse(1)
              && (share.each() - 1) * cores < settings.threads().orElse(1),
          order.id() + " has " + share.each() + " ranks of " + cores + " cores for each process");
      expect(
          share.gpus().size() == settings.gpus() && there.containsAll(share.gpus()),
          order.id() + " has GPUs " + share.gpus() + " of " + there);
      share
          .gpus()
          .forEach(gpu -> expect(gpus.add(share.host() + " " + gpu), "GPU " + gpu + " is shared"));
    }
    settings
        .ranks()
        .ifPresent(
            count ->
                expect(
                    order.placement().processes() == count,
                    order.id() + " has " + order.placement().processes() + " processes"));
  }

  private static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
