package org.jobfold.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;

/** Accounts of runs as they could have been: folders of several steps and trials, side by side. */
public final class Accounts {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String[] ODD = {"", " b", "\n", "é", "\"", "\ud83d\ude00", "\ud800", "\\"};

  private static final List<Cause.Prospect> PROSPECTS = List.of(Cause.Prospect.values());

  private final Random random;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Runner> runners = new ArrayList<>();
  private int second;

  private Accounts(long seed, int folders) {
    random = new Random(seed);
    for (int i = 0; i < folders; i++) {
      runners.add(new Runner(new FolderName("/f" + i + ODD[random.nextInt(ODD.length)]), 1, 0, 0));
    }
  }

  /** A run over so many folders, that may be stopped before its end. */
  public static List<Entry> of(long seed, int folders) {
    return new Accounts(seed, folders).run();
  }

  /** What a process used, different each time. */
  static Usage usage(Random random) {
    return new Usage(
        START.plusNanos(random.nextLong(1_000_000_000_000L)),
        micros(random),
        micros(random),
        micros(random),
        random.nextLong(1L << 40));
  }

  /** One of all causes. */
  public static Cause cause(Random random) {
    String reason = "it's \"so\"" + ODD[random.nextInt(ODD.length)];
    return switch (random.nextInt(11)) {
      case 0 -> new Cause.ExitCode(random.nextInt(256));
      case 1 -> new Cause.Signal(1 + random.nextInt(64));
      case 2 -> new Cause.Timeout(micros(random));
      case 3 -> new Cause.LaunchError(reason, PROSPECTS.get(random.nextInt(PROSPECTS.size())));
      case 4 -> new Cause.SuccessCheck(reason);
      case 8 -> new Cause.Thrown(reason);
      case 5 -> new Cause.Interrupted(reason);
      case 9 -> new Cause.NodeLost(reason);
      case 10 -> new Cause.NoRoom("/a b", reason);
      case 6 ->
          new Cause.Upstream(
              new TreeSet<>(
                  List.of(new FolderName("/a"), new FolderName("/b" + random.nextInt(3)))));
      default -> new Cause.Vanished(reason);
    };
  }

  private static Duration micros(Random random) {
    return Duration.ofNanos(1000 * random.nextLong(1L << random.nextInt(1, 50)));
  }

  private List<Entry> run() {
    entries.add(
        new Entry.RunStarted(at(), "node1", 4711, 4, runners.size(), 1 + random.nextInt(10), "r1"));
    List<Runner> left = new ArrayList<>(runners);
    boolean stopped = random.nextInt(4) == 0;
    while (!left.isEmpty() && !(stopped && random.nextInt(20) == 0)) {
      Runner runner = left.get(random.nextInt(Math.min(4, left.size())));
      if (runner.go()) {
        left.remove(runner);
      }
      if (random.nextInt(30) == 0) {
        entries.add(
            new Entry.RanksLost(
                at(), new Host("node 2"), List.of(random.nextInt(9), 9), "it's \"gone\""));
        Host bad = new Host("bad" + random.nextInt(2));
        entries.add(
            random.nextInt(3) == 0
                ? new Entry.HostBack(at(), bad)
                : new Entry.HostWithheld(
                    at(),
                    bad,
                    "they fail",
                    new TreeMap<>(Map.of(runner.name, List.of(1 + random.nextInt(3))))));
      }
    }
    if (!stopped) {
      entries.add(new Entry.RunEnded(at(), 0));
    }
    return entries;
  }

  private Instant at() {
    return START.plusMillis(second++);
  }

  /** A folder on its way; what it has reached says which entry comes next. */
  private final class Runner {
    private final FolderName name;
    private final int steps = 1 + random.nextInt(3);
    private int trial;
    private int step;
    private int phase;
    private int most = 3;
    private Optional<Failure> failure = Optional.empty();

    Runner(FolderName name, int trial, int step, int phase) {
      this.name = name;
      this.trial = trial;
      this.step = step;
      this.phase = phase;
    }

    /** Adds its next entry. Whether that was its last. */
    boolean go() {
      TrialId id = new TrialId(name, trial, step);
      switch (phase++) {
        case 0 ->
            entries.add(
                new Entry.TrialOrdered(
                    at(),
                    id,
                    new Placement(
                        List.of(
                            new Placement.Share(new Host("node1"), List.of(0, 3)),
                            new Placement.Share(new Host("node 2"), List.of(4)))),
                    random.nextInt(5)));
        case 1 -> entries.add(new Entry.TrialStarted(at(), id, random.nextInt(1 << 22)));
        case 2 -> end(id);
        default -> {
          entries.add(new Entry.FolderSettled(at(), name, new FinalState(trial, failure)));
          return failure.isEmpty() || random.nextInt(4) > 0 || !again();
        }
      }
      return false;
    }

    /** It failed, and is to have all its trials once more; not if it was only interrupted. */
    private boolean again() {
      if (failure.orElseThrow().interrupted()) {
        return false;
      }
      entries.add(Entry.FolderReached.anew(at(), name, trial));
      most = trial + 3;
      trial++;
      step = 0;
      phase = 0;
      failure = Optional.empty();
      return true;
    }

    private Cause causeOfATrial() {
      Cause cause = cause(random);
      return cause instanceof Cause.Upstream ? new Cause.ExitCode(1) : cause;
    }

    private void end(TrialId id) {
      Usage usage = usage(random);
      Outcome outcome =
          random.nextInt(3) == 0 ? Outcome.failed(causeOfATrial()) : Outcome.success();
      entries.add(new Entry.TrialEnded(at(), id, outcome, usage, "stdout", "stderr"));
      if (outcome.cause().isEmpty()) {
        step++;
        phase = step < steps ? 0 : 3;
      } else if (trial < most && !(outcome.cause().get() instanceof Cause.Interrupted)) {
        trial++;
        phase = 0;
      } else {
        failure =
            outcome
                .cause()
                .map(c -> new Failure(c, trial, usage, "stdout", "stderr", "stderr", List.of()));
      }
    }
  }
}
