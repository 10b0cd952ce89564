package org.jobfold.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jobfold.spi.Force;

/**
 * What an earlier run on a tree has left on this host, because it was killed and its {@link Guard}
 * with it. Whoever asks holds the lock of the tree: no other run on it lives.
 *
 * <p>Found are the processes with {@code JOBFOLD_ROOT} and a {@link Mark} in their environment,
 * their descendants, and those in a session that a marked process began, or that was begun by one
 * that has ended. Never this process, its ancestors, descendants and process group, nor processes
 * of a tree with another root, nor those of another batch job, which its batch system ends.
 *
 * <p>Where there is no {@code /proc}, nothing is found.
 */
public final class Leftovers {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
  private static final int CLEAN_LOOKS = 2;
  private static final String ROOT = "JOBFOLD_ROOT";
  private static final String FOLDER = "JOBFOLD_FOLDER";
  private static final String BATCH_JOB = "SLURM_JOB_ID";

  /**
   * A process that is left.
   *
   * @param pid its id
   * @param folder the name of its folder; empty where it does not say
   * @param started when it was started; empty where the system does not say
   */
  public record Leftover(long pid, String folder, Optional<Instant> started) {}

  /**
   * What came of ending them.
   *
   * @param ended those that are gone, also such as were found only on the way
   * @param left those that do not even end by force
   */
  public record Report(List<Leftover> ended, List<Leftover> left) {}

  private final Path root;
  private final Map<ProcessEntry, Leftover> found;

  private Leftovers(Path root, Map<ProcessEntry, Leftover> found) {
    this.root = root;
    this.found = found;
  }

  /**
   * Looks for them.
   *
   * @param root the directory of the tree
   */
  public static Leftovers find(Path root) {
    return new Leftovers(root, look(root, Set.of()));
  }

  /** What was found, in order of process ids. */
  public List<Leftover> list() {
    return sorted(found.values());
  }

  /**
   * Asks them to end, forces them after a grace, and also what they start meanwhile; waits until
   * they are gone, though after the grace not longer than ten seconds.
   *
   * @throws InterruptedException if this thread is interrupted; some may be left then
   */
  public Report end(Duration grace) throws InterruptedException {
    Map<Identity, Leftover> seen = new LinkedHashMap<>();
    Set<Identity> asked = new HashSet<>();
    add(found, seen);
    long begin = System.nanoTime();
    Duration pause = SHORTEST_PAUSE;
    Map<ProcessEntry, Leftover> left = look(root, seen.keySet());
    for (int clean = left.isEmpty() ? 1 : 0; clean < CLEAN_LOOKS; ) {
      add(left, seen);
      Duration age = Duration.ofNanos(System.nanoTime() - begin);
      if (age.compareTo(grace.plus(PATIENCE)) > 0) {
        break;
      }
      Force force = age.compareTo(grace) >= 0 ? Force.KILL : Force.TERMINATE;
      for (ProcessEntry entry : left.keySet()) {
        if (force == Force.KILL || asked.add(Identity.of(entry))) {
          signal(entry, force);
        }
      }
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
      left = look(root, seen.keySet());
      clean = left.isEmpty() ? clean + 1 : 0;
    }
    left.keySet().forEach(entry -> seen.remove(Identity.of(entry)));
    return new Report(sorted(seen.values()), sorted(left.values()));
  }

  /** Waits until one of those that were found has ended by itself. */
  public void await(Leftover leftover) throws InterruptedException {
    Optional<ProcessEntry> entry =
        found.keySet().stream().filter(e -> e.pid() == leftover.pid()).findFirst();
    while (entry.isPresent() && lives(entry.get())) {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
    }
  }

  /** A process whose id was given to another one since has ended. */
  private static boolean lives(ProcessEntry entry) {
    return ProcessTable.entry(entry.pid())
        .filter(now -> now.isSame(entry) && !now.isZombie())
        .isPresent();
  }

  private record Identity(int pid, long start) {
    static Identity of(ProcessEntry entry) {
      return new Identity(entry.pid(), entry.start());
    }
  }

  private static void add(Map<ProcessEntry, Leftover> some, Map<Identity, Leftover> to) {
    some.forEach((entry, leftover) -> to.putIfAbsent(Identity.of(entry), leftover));
  }

  private static List<Leftover> sorted(Collection<Leftover> some) {
    return some.stream().sorted(Comparator.comparingLong(Leftover::pid)).toList();
  }

  // ---- telling them

  /**
   * Looks once.
   *
   * @param known those that were told before, by a parent or a session that may be gone now
   */
  private static Map<ProcessEntry, Leftover> look(Path root, Set<Identity> known) {
    ProcessTable table = ProcessTable.read();
    Set<ProcessEntry> spared = spared(table);
    Map<ProcessEntry, String> folders = new HashMap<>();
    Set<ProcessEntry> roots = new HashSet<>();
    Set<ProcessEntry> strangers = new HashSet<>();
    Map<String, Boolean> same = new HashMap<>();
    String batchJob = Optional.ofNullable(System.getenv(BATCH_JOB)).orElse("");
    for (ProcessEntry entry : table.all()) {
      Map<String, String> variables = variables(entry.pid());
      boolean marked = variables.containsKey(Mark.RUN) || variables.containsKey(Mark.PROCESS);
      String where = variables.getOrDefault(ROOT, "");
      if (marked && !where.isEmpty()) {
        boolean ours =
            same.computeIfAbsent(where, other -> isSame(root, other))
                && variables.getOrDefault(BATCH_JOB, "").equals(batchJob);
        (ours ? roots : strangers).add(entry);
        if (ours) {
          folders.put(entry, variables.getOrDefault(FOLDER, ""));
        }
      } else if (known.contains(Identity.of(entry))) {
        roots.add(entry);
      }
    }
    roots.removeAll(spared);
    roots.addAll(membersOfTheirSessions(table, roots));
    Set<ProcessEntry> all = new HashSet<>(table.withDescendants(roots));
    all.removeAll(spared);
    all.removeAll(strangers);
    all.removeIf(ProcessEntry::isZombie);
    Map<ProcessEntry, Leftover> found = new HashMap<>();
    all.forEach(
        entry ->
            found.put(
                entry,
                new Leftover(entry.pid(), folders.getOrDefault(entry, ""), started(entry.pid()))));
    return found;
  }

  /** This process with its ancestors, its descendants and its process group. */
  private static Set<ProcessEntry> spared(ProcessTable table) {
    Map<Integer, ProcessEntry> byId = new HashMap<>();
    table.all().forEach(entry -> byId.put(entry.pid(), entry));
    Set<ProcessEntry> spared = new HashSet<>();
    Optional<ProcessEntry> self = self(byId);
    if (self.isPresent()) {
      spared.addAll(table.withDescendants(Set.of(self.get())));
      for (ProcessEntry entry : table.all()) {
        if (entry.group() == self.get().group()) {
          spared.add(entry);
        }
      }
    }
    for (Optional<ProcessEntry> ancestor = self;
        ancestor.isPresent();
        ancestor = Optional.ofNullable(byId.get(ancestor.get().parent()))) {
      spared.add(ancestor.get());
    }
    return spared;
  }

  private static Optional<ProcessEntry> self(Map<Integer, ProcessEntry> byId) {
    return Optional.ofNullable(byId.get((int) ProcessHandle.current().pid()));
  }

  /**
   * Processes that hide their mark, in sessions that are theirs: the one who began it is marked, or
   * has ended and the process is younger than some marked one in it.
   */
  private static Set<ProcessEntry> membersOfTheirSessions(
      ProcessTable table, Set<ProcessEntry> marked) {
    Map<Integer, Long> oldest = new HashMap<>();
    marked.forEach(entry -> oldest.merge(entry.session(), entry.start(), Math::min));
    oldest.remove(0);
    ProcessTable.entry((int) ProcessHandle.current().pid())
        .ifPresent(self -> oldest.remove(self.session()));
    for (ProcessEntry entry : table.all()) {
      if (entry.pid() == entry.session() && !entry.isZombie() && !marked.contains(entry)) {
        oldest.remove(entry.session());
      }
    }
    Set<ProcessEntry> members = new HashSet<>();
    for (ProcessEntry entry : table.all()) {
      Long since = oldest.get(entry.session());
      if (since != null && entry.start() >= since) {
        members.add(entry);
      }
    }
    return members;
  }

  private static Map<String, String> variables(int pid) {
    byte[] environment = ProcessTable.environment(pid);
    Map<String, String> variables = new HashMap<>();
    for (String variable : new String(environment, StandardCharsets.UTF_8).split("\0", -1)) {
      int end = variable.indexOf('=');
      if (end > 0) {
        variables.putIfAbsent(variable.substring(0, end), variable.substring(end + 1));
      }
    }
    return variables;
  }

  /** Whether a path, which may go another way there, is that of the tree. */
  private static boolean isSame(Path root, String other) {
    if (root.toString().equals(other)) {
      return true;
    }
    try {
      return Files.isSameFile(root, Path.of(other));
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }

  // ---- the system

  private static Optional<Instant> started(int pid) {
    return ProcessHandle.of(pid).flatMap(handle -> handle.info().startInstant());
  }

  /** Signals a process if it is still the one that was seen; the handle looks once more. */
  private static void signal(ProcessEntry entry, Force force) {
    Optional<ProcessHandle> handle = ProcessHandle.of(entry.pid());
    if (handle.isPresent() && ProcessTable.entry(entry.pid()).filter(entry::isSame).isPresent()) {
      if (force == Force.KILL) {
        handle.get().destroyForcibly();
      } else {
        handle.get().destroy();
      }
    }
  }
}
