package org.jobfold.launch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jobfold.spi.Force;

/**
 * Finds, ends and reaps what the processes of a launcher leave behind.
 *
 * <p>This JVM is made a <i>subreaper</i>: the system gives it every descendant whose parent has
 * ended, so that whatever a process leaves behind becomes a child of this JVM. Such a child is told
 * from the others by its session (that of its process, unless it made one of its own) or by the
 * mark in its environment. Never ended or reaped are children in the session of this JVM, which is
 * where a {@link ProcessBuilder} starts them, and those that have this JVM's environment without
 * the mark.
 *
 * <p>A child whose process can not be told, because it cleared its environment and made a session
 * of its own, is ended as soon as no other process runs that it could be of.
 *
 * <p>Thread-safe. All reaping of what was left behind, and all signals to it, happen under one
 * lock: a process id can not become another's in between.
 */
final class Containment {
  /** Processes that run in all launchers of this JVM. */
  private static final AtomicInteger RUNNING = new AtomicInteger();

  private static final byte[] ANY_MARK = (Mark.PROCESS + "=").getBytes(StandardCharsets.US_ASCII);
  private static final int SIGHTS_OF_NO_ENVIRONMENT = 3;
  private static final long NOBODY_REAPS_IT = TimeUnit.SECONDS.toNanos(5);
  private static final long FRESH = TimeUnit.MILLISECONDS.toNanos(50);

  private record Identity(int pid, long start) {
    static Identity of(ProcessEntry entry) {
      return new Identity(entry.pid(), entry.start());
    }
  }

  private final int self = LibC.getpid();
  private final int session = LibC.getsid(0);
  private final Set<String> environment = variables(ProcessTable.environment(self));
  private final Mark mark;
  private final Map<Integer, NativeProcess> running = new ConcurrentHashMap<>();
  private final Set<Integer> guards = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<Memory> idle = new ConcurrentLinkedQueue<>();
  private final Births births = Births.of(self);

  /** Under the lock: whose those are that were told once. */
  private final Map<Identity, Long> known = new HashMap<>();

  /** Under the lock: when zombies were seen first that can not be told. */
  private final Map<Identity, Long> zombies = new HashMap<>();

  /** Under the lock: how often a child was seen without environment. */
  private final Map<Identity, Integer> blank = new HashMap<>();

  private ProcessTable table = new ProcessTable();
  private long tableRead = System.nanoTime() - TimeUnit.HOURS.toNanos(1);

  Containment(Mark mark) {
    this.mark = mark;
    Subreaper.open();
    if (ignoresChildren()) {
      resetChildSignal();
    }
  }

  // ---- who runs

  /** A process is about to start. */
  static void starting() {
    RUNNING.incrementAndGet();
  }

  /** It did not, or it and what it left is gone. */
  static void ended() {
    RUNNING.decrementAndGet();
  }

  void add(NativeProcess process) {
    running.put(process.id(), process);
  }

  void remove(NativeProcess process) {
    running.remove(process.id(), process);
  }

  List<NativeProcess> running() {
    return List.copyOf(running.values());
  }

  /** A child that must not be taken for one that was left behind. */
  void addGuard(int pid) {
    guards.add(pid);
  }

  // ---- memory for waiting

  Memory borrow() {
    Memory memory = idle.poll();
    return memory == null ? new Memory(1024) : memory;
  }

  void giveBack(Memory memory) {
    idle.add(memory);
  }

  // ---- what was left behind

  /**
   * Whether a process that was reaped may have left something. Cheap: what every process pays.
   *
   * @param age nanoseconds since before it was started
   */
  boolean mayHaveLeft(NativeProcess process, long age, Memory memory) {
    if (LibC.kill(-process.id(), 0) == 0 || LibC.errno() != Births.ESRCH) {
      return true;
    }
    int[] candidates = births.childrenSince(process.id(), age, memory);
    if (candidates == Births.UNKNOWN) {
      return true;
    }
    for (int pid : candidates) {
      if (!running.containsKey(pid)
          && ProcessTable.entry(pid).filter(this::isCandidate).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Reaps a child that its process left in its own process group. */
  synchronized void reapFromGroup(int pid) {
    reap(pid);
  }

  /** Signals the descendants of a running process that left its process group. */
  synchronized void signalStrays(NativeProcess process, Force force) {
    long now = System.nanoTime();
    Set<ProcessEntry> members = members(process, readSince(now - FRESH));
    for (ProcessEntry entry : members) {
      if (entry.group() != process.id()) {
        signal(entry, force);
      }
    }
  }

  /**
   * Signals what an ended process has left, once or each time, and reaps what has ended of it.
   *
   * @param since the table of processes must not be older, by {@link System#nanoTime}
   * @param asked those that need not be signalled again; to which those that are signalled are
   *     added
   */
  synchronized Ending.Left end(
      NativeProcess process, Force force, long since, Set<ProcessEntry> asked) {
    ProcessTable now = readSince(since);
    Set<ProcessEntry> left = members(process, now);
    left.removeIf(ProcessEntry::isZombie);
    for (ProcessEntry entry : left) {
      boolean again = force == Force.KILL || asked.stream().noneMatch(entry::isSame);
      if (again) {
        asked.add(entry);
        signal(entry, force);
      }
    }
    if (!left.isEmpty()) {
      return Ending.Left.SOMETHING;
    }
    return hasUnclear(now) ? Ending.Left.PERHAPS : Ending.Left.NOTHING;
  }

  /** Kills what is left of any process of this launcher, once; true if there was something. */
  synchronized boolean killAll() {
    ProcessTable now = readSince(System.nanoTime());
    List<ProcessEntry> children = candidates(now);
    List<ProcessEntry> ours =
        children.stream()
            .filter(entry -> !entry.isZombie())
            .filter(entry -> known.containsKey(Identity.of(entry)) || isOurs(entry))
            .toList();
    Set<ProcessEntry> all = new LinkedHashSet<>(now.withDescendants(ours));
    all.removeIf(ProcessEntry::isZombie);
    all.forEach(entry -> signal(entry, Force.KILL));
    children.stream().filter(ProcessEntry::isZombie).forEach(this::reapIfKnown);
    return !all.isEmpty() || hasUnclear(now);
  }

  /** Closes the files, and adopts nothing any more; nothing may run. */
  void close() {
    births.close();
    Subreaper.close();
  }

  // ---- telling them

  /** The living and dead that a process has left, or that left it; its own line is among them. */
  private Set<ProcessEntry> members(NativeProcess process, ProcessTable now) {
    Set<ProcessEntry> roots = new HashSet<>();
    for (ProcessEntry entry : now.all()) {
      if (entry.pid() == process.id() && entry.parent() == self && !process.isReaped()) {
        roots.add(entry);
      }
    }
    for (ProcessEntry entry : candidates(now)) {
      if (belongs(entry, process)) {
        if (entry.isZombie()) {
          reap(entry.pid());
        } else {
          roots.add(entry);
        }
      } else if (entry.isZombie()) {
        reapIfKnown(entry);
      }
    }
    Set<ProcessEntry> all = new LinkedHashSet<>(now.withDescendants(roots));
    all.removeIf(entry -> entry.pid() == process.id());
    for (ProcessEntry entry : all) {
      known.put(Identity.of(entry), process.number());
    }
    return all;
  }

  private List<ProcessEntry> candidates(ProcessTable now) {
    return now.childrenOf(self).stream().filter(this::isCandidate).toList();
  }

  /** Whether a process is a child of ours that we did not start. */
  private boolean isCandidate(ProcessEntry entry) {
    return entry.parent() == self
        && entry.session() != session
        && !running.containsKey(entry.pid())
        && !guards.contains(entry.pid());
  }

  private boolean belongs(ProcessEntry entry, NativeProcess process) {
    if (entry.session() == process.id() || entry.group() == process.id()) {
      return true;
    }
    Long owner = known.get(Identity.of(entry));
    if (owner != null) {
      return owner == process.number();
    }
    if (entry.isZombie()) {
      return false;
    }
    byte[] variables = ProcessTable.environment(entry.pid());
    return mark.isOn(variables, process.number())
        || (RUNNING.get() == 1 && isUnmarked(entry, variables));
  }

  /** Whether a child is of some process of this launcher. */
  private boolean isOurs(ProcessEntry entry) {
    byte[] variables = ProcessTable.environment(entry.pid());
    return mark.isOn(variables) || (RUNNING.get() == 0 && isUnmarked(entry, variables));
  }

  /** Whether an environment has neither a mark nor what this JVM would have handed on. */
  private boolean isUnmarked(ProcessEntry entry, byte[] variables) {
    if (environment.isEmpty() || Mark.contains(variables, ANY_MARK)) {
      return false;
    }
    if (variables.length == 0) {
      return blank.getOrDefault(Identity.of(entry), 0) >= SIGHTS_OF_NO_ENVIRONMENT;
    }
    Set<String> same = variables(variables);
    same.retainAll(environment);
    return 2 * same.size() < environment.size();
  }

  /** While a program is being executed its environment can not be read for a moment. */
  private boolean hasUnclear(ProcessTable now) {
    boolean unclear = false;
    for (ProcessEntry entry : candidates(now)) {
      if (!entry.isZombie() && ProcessTable.environment(entry.pid()).length == 0) {
        int sights = blank.merge(Identity.of(entry), 1, Integer::sum);
        unclear |= sights <= SIGHTS_OF_NO_ENVIRONMENT;
      }
    }
    return unclear;
  }

  private static Set<String> variables(byte[] environment) {
    String text = new String(environment, StandardCharsets.ISO_8859_1);
    Set<String> all = new HashSet<>(Arrays.asList(text.split("\0", -1)));
    all.remove("");
    return all;
  }

  // ---- the system

  private ProcessTable readSince(long since) {
    if (tableRead - since < 0) {
      tableRead = System.nanoTime();
      table = ProcessTable.read();
      forgetTheGone();
    }
    return table;
  }

  private void forgetTheGone() {
    if (known.isEmpty() && zombies.isEmpty() && blank.isEmpty()) {
      return;
    }
    Set<Identity> there = new HashSet<>();
    table.all().forEach(entry -> there.add(Identity.of(entry)));
    known.keySet().retainAll(there);
    zombies.keySet().retainAll(there);
    blank.keySet().retainAll(there);
  }

  /** Signals a process if it is still the one that was seen. */
  private static void signal(ProcessEntry entry, Force force) {
    if (ProcessTable.entry(entry.pid()).filter(entry::isSame).isPresent()) {
      LibC.kill(entry.pid(), NativeProcess.signal(force));
      if (force == Force.TERMINATE) {
        LibC.kill(entry.pid(), LibC.SIGCONT);
      }
    }
  }

  private void reap(int pid) {
    LibC.wait4(pid, 0, LibC.WNOHANG, 0);
    table.remove(pid);
  }

  /** A zombie that can not be told is reaped when it is clear that nobody else waits for it. */
  private void reapIfKnown(ProcessEntry entry) {
    long now = System.nanoTime();
    long first = zombies.computeIfAbsent(Identity.of(entry), identity -> now);
    if (known.containsKey(Identity.of(entry)) || now - first > NOBODY_REAPS_IT) {
      reap(entry.pid());
    }
  }

  /** Whether this JVM was started with SIGCHLD ignored: then exit codes would be lost. */
  private static boolean ignoresChildren() {
    Memory action = new Memory(256);
    LibC.sigaction(LibC.SIGCHLD, 0, action.at(0));
    return action.getLong(0) == 1 || (action.getInt(136) & 2) != 0;
  }

  private static void resetChildSignal() {
    Memory action = new Memory(256);
    LibC.sigaction(LibC.SIGCHLD, action.at(0), 0);
  }
}
