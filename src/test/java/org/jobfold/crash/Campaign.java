package org.jobfold.crash;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jobfold.disk.StateDirectory;

/**
 * One tree that is run, and killed, and resumed, until it has been killed often enough; then it is
 * resumed to its end.
 */
final class Campaign {
  private static final List<String> OPTIONS =
      List.of("--ranks", "6", "--maxtrials", "3", "--grace", "300ms");

  private final int kills;
  private final Random random;
  private final Ground ground;
  private final Inquest inquest;
  private final Remains remains;
  private final Plan plan;
  private final Map<Blow, Integer> blows = new EnumMap<>(Blow.class);
  private final List<String> history = new ArrayList<>();
  private int lives;

  private Campaign(Ground ground, int kills, Random random) {
    this.ground = ground;
    this.kills = kills;
    this.random = random;
    this.inquest = new Inquest(ground);
    this.remains = new Remains(inquest);
    this.plan = new Plan(random, ground.state());
  }

  /**
   * Runs one.
   *
   * @param work a directory that is not there yet; it stays
   * @param seed what is random in it
   */
  static Report run(Path work, long seed, int folders, int kills)
      throws IOException, InterruptedException {
    Random random = new Random(seed);
    return new Campaign(Ground.make(work, folders, random), kills, random).run();
  }

  private Report run() throws IOException, InterruptedException {
    try {
      int struck = 0;
      while (struck < kills && inquest.findings().isEmpty()) {
        struck += live(plan.next(kills - struck, inquest.open())) ? 1 : 0;
      }
      toTheEnd();
      int executions = begins();
      toTheEnd();
      if (begins() != executions) {
        inquest.found("all was done, and folders ran again");
      }
      inquest.marks();
    } catch (IOException | RuntimeException | AssertionError e) {
      inquest.found("the test itself: " + e);
    } finally {
      Processes.withEnvironment("CRASH_WORK=" + ground.work())
          .forEach(pid -> Processes.signal(pid, Blow.KILL.signal()));
      Files.write(ground.work().resolve("history"), history);
    }
    return new Report(
        inquest.findings(), blows, lives, ground.folders().size(), begins(), remains.slowest());
  }

  /** One life. Whether it was hit. */
  private boolean live(Strike strike) throws IOException, InterruptedException {
    try (JournalWatch journal = new JournalWatch(ground.state())) {
      Life life = start(StateDirectory.isIn(ground.tree()) ? List.of("resume") : List.of("run"));
      boolean hit = strike.hits(life, journal);
      int code = life.end();
      journal.look();
      history.add(
          life.number()
              + ": "
              + strike
              + (hit ? "" : ", too late")
              + ": "
              + code
              + " after "
              + life.age() / 1_000_000
              + " ms");
      if (hit) {
        blows.merge(strike.blow(), 1, Integer::sum);
      }
      journal.firstLine().ifPresent(when -> plan.learn(when - life.born()));
      inquest.after(life.number());
      code(life, code, hit ? strike.blow().exitCodes() : List.of());
      if (journal.exists()) {
        remains.swept(life);
      }
      if (hit && strike.blow().hitsGuard()) {
        remains.unguarded(life);
      } else if (random.nextBoolean()) {
        remains.soonGone(life);
      } else {
        remains.unseen(life);
      }
      return hit;
    }
  }

  /** A life that nobody ends. */
  private void toTheEnd() throws IOException, InterruptedException {
    if (!inquest.findings().isEmpty()) {
      return;
    }
    Life life = start(List.of("resume", "--json"));
    int code = life.end();
    history.add(life.number() + ": to the end: " + code);
    inquest.after(life.number());
    code(life, code, List.of());
    remains.swept(life);
    remains.soonGone(life);
    if (inquest.open() > 0) {
      inquest.found("life " + life.number() + " went to the end, and left folders");
    }
    if (inquest.findings().isEmpty()) {
      inquest.summary(life.number(), new ObjectMapper().readTree(life.out()));
    }
  }

  /** What it returned and said, where it may also have ended by itself. */
  private void code(Life life, int code, List<Integer> allowed) throws IOException {
    int done = inquest.failures() > 0 ? 1 : 0;
    boolean byItself = inquest.open() == 0 && code == done;
    if (!allowed.contains(code) && !byItself) {
      inquest.found("life " + life.number() + " ended with exit code " + code + ": " + life.err());
    }
    for (String never : List.of("it recorded may run again", "not even by force", "Exception")) {
      if (life.err().contains(never)) {
        inquest.found("life " + life.number() + " said: " + life.err());
      }
    }
  }

  private Life start(List<String> command) throws IOException {
    List<String> arguments = new ArrayList<>(command);
    arguments.add(ground.tree().toString());
    if (command.get(0).equals("run")) {
      arguments.addAll(OPTIONS);
    }
    return Life.start(++lives, ground, arguments);
  }

  private int begins() throws IOException {
    return (int) Mark.read(ground.marks()).stream().filter(m -> m.what().equals("begin")).count();
  }
}
