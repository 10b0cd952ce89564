package org.jobfold.launch;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The processes of this host at one moment, from {@code /proc}. Empty where there is no such
 * directory. A process that starts or ends while it is read may be missing.
 */
final class ProcessTable {
  private static final File PROC = new File("/proc");
  private static final int STAT_SIZE = 1024;

  private final Map<Integer, ProcessEntry> entries = new HashMap<>();

  /** Reads it. */
  static ProcessTable read() {
    ProcessTable table = new ProcessTable();
    String[] names = PROC.list();
    for (String name : names == null ? new String[0] : names) {
      if (Character.isDigit(name.charAt(0))) {
        entry(name).ifPresent(entry -> table.entries.put(entry.pid(), entry));
      }
    }
    return table;
  }

  /** One process as it is now, if there is one of that id. */
  static Optional<ProcessEntry> entry(int pid) {
    return entry(Integer.toString(pid));
  }

  private static Optional<ProcessEntry> entry(String pid) {
    try (FileInputStream in = new FileInputStream("/proc/" + pid + "/stat")) {
      byte[] stat = new byte[STAT_SIZE];
      int size = in.read(stat);
      return size <= 0 ? Optional.empty() : ProcessEntry.parse(stat);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The environment a process was executed with, as {@code name=value}, each followed by a zero
   * byte; empty if it has none, has ended, or is another user's.
   */
  static byte[] environment(int pid) {
    try (FileInputStream in = new FileInputStream("/proc/" + pid + "/environ")) {
      return in.readAllBytes();
    } catch (IOException e) {
      return new byte[0];
    }
  }

  /** All. */
  Collection<ProcessEntry> all() {
    return entries.values();
  }

  /** Takes note that a process is gone. */
  void remove(int pid) {
    entries.remove(pid);
  }

  /** The children of a process. */
  List<ProcessEntry> childrenOf(int parent) {
    return entries.values().stream().filter(entry -> entry.parent() == parent).toList();
  }

  /** Some processes and all their descendants. */
  Set<ProcessEntry> withDescendants(Collection<ProcessEntry> ancestors) {
    if (ancestors.isEmpty()) {
      return Set.of();
    }
    Map<Integer, List<ProcessEntry>> children = new HashMap<>();
    for (ProcessEntry entry : entries.values()) {
      children.computeIfAbsent(entry.parent(), parent -> new ArrayList<>()).add(entry);
    }
    Set<ProcessEntry> all = new LinkedHashSet<>();
    Deque<ProcessEntry> next = new ArrayDeque<>(ancestors);
    while (!next.isEmpty()) {
      ProcessEntry entry = next.remove();
      if (all.add(entry)) {
        next.addAll(children.getOrDefault(entry.pid(), List.of()));
      }
    }
    return all;
  }
}
