package org.jobfold.disk;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A process, named so that another one on the same system can tell whether it still runs.
 *
 * @param host the name of its host
 * @param boot what the kernel calls the time since it was booted; empty where it does not say
 * @param namespace in which the process id counts: containers have their own; empty where there is
 *     none
 * @param pid its id
 * @param start when it started, by the kernel's count; with the id it tells it from any other
 */
record HostProcess(String host, String boot, String namespace, long pid, long start) {
  private static final int STATE = 0;
  private static final int START = 19;

  /** What can be said of a process. */
  enum Life {
    /** It runs on this system. */
    ALIVE,
    /** It ran on this system and has ended. */
    DEAD,
    /** It ran on a host of this name that was booted since, or on another one of that name. */
    BOOTED_SINCE,
    /** It is out of sight. */
    UNKNOWN
  }

  /** This JVM. */
  static HostProcess self() {
    long pid = ProcessHandle.current().pid();
    return new HostProcess(
        system("hostname", System.getenv().getOrDefault("HOSTNAME", "localhost")),
        system("random/boot_id", ""),
        namespaceOfSelf(),
        pid,
        startOf(pid).orElse(0));
  }

  /** What can be said of it from here. */
  Life life() {
    HostProcess self = self();
    boolean sameBoot = boot.equals(self.boot) && (!boot.isEmpty() || host.equals(self.host));
    if (sameBoot && namespace.equals(self.namespace)) {
      OptionalLong now = startOf(pid);
      if (now.isPresent()) {
        return now.getAsLong() == start ? Life.ALIVE : Life.DEAD;
      }
      return othersAreVisible() ? Life.DEAD : Life.UNKNOWN;
    }
    boolean otherBoot = !boot.isEmpty() && !self.boot.isEmpty() && !boot.equals(self.boot);
    return otherBoot && host.equals(self.host) ? Life.BOOTED_SINCE : Life.UNKNOWN;
  }

  private static String system(String name, String otherwise) {
    try {
      return Files.readString(Path.of("/proc/sys/kernel", name)).strip();
    } catch (IOException e) {
      return otherwise;
    }
  }

  private static String namespaceOfSelf() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  /** Whether this system shows the processes of other users: not all do. */
  private static boolean othersAreVisible() {
    return !Files.exists(Path.of("/proc/self")) || Files.exists(Path.of("/proc/1"));
  }

  /** When a process started; empty if there is none, or only its exit code is left. */
  private static OptionalLong startOf(long pid) {
    if (!Files.exists(Path.of("/proc/self/stat"))) {
      return ProcessHandle.of(pid)
          .map(one -> one.info().startInstant().map(Instant::toEpochMilli).orElse(0L))
          .map(OptionalLong::of)
          .orElse(OptionalLong.empty());
    }
    try {
      String stat =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(") ") + 2).split(" ", -1);
      boolean ended = "ZX".contains(fields[STATE]) && threads(pid) <= 1;
      return ended ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[START]));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** A process whose first thread has ended looks as if all had. */
  private static int threads(long pid) {
    String[] threads = new File("/proc/" + pid + "/task").list();
    return threads == null ? 0 : threads.length;
  }
}
