package org.jobfold.launch;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which cores of this host processes may use. What a thread starts may use what the thread may: so
 * a thread is bound while it starts a process, and gets back what it had.
 *
 * <p>Where that can not be done, nothing is bound: it never fails.
 */
public final class Affinity {
  private static final Logger LOG = LoggerFactory.getLogger(Affinity.class);
  private static final String ALLOWED = "Cpus_allowed_list:";
  private static final Path STATUS = Path.of("/proc/thread-self/status");
  private static final Path TOPOLOGY = Path.of("/sys/devices/system/cpu");

  private Affinity() {}

  /** The time in which a thread is bound. */
  public interface Bound extends AutoCloseable {
    /** Called by the same thread, which gets back what it had. */
    @Override
    void close();
  }

  /**
   * The cores that this thread may use, with those of one processor, and threads of one core, side
   * by side; none where that is not known.
   */
  public static List<Integer> allowed() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(ALLOWED)) {
          List<Integer> cores = new ArrayList<>(numbers(line.substring(ALLOWED.length())));
          cores.sort(
              Comparator.<Integer>comparingInt(core -> topology(core, "physical_package_id"))
                  .thenComparingInt(core -> topology(core, "core_id"))
                  .thenComparingInt(core -> core));
          return cores;
        }
      }
    } catch (IOException | NumberFormatException e) {
      LOG.debug("the cores that this program may use are not known", e);
    }
    return List.of();
  }

  private static int topology(int core, String what) {
    try {
      return Integer.parseInt(
          Files.readString(TOPOLOGY.resolve("cpu" + core).resolve("topology").resolve(what))
              .strip());
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  /** Reads {@code 0-3,8}. */
  static List<Integer> numbers(String text) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : text.strip().split(",", -1)) {
      String[] ends = part.split("-", -1);
      int first = Integer.parseInt(ends[0]);
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int number = first; number <= last; number++) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  /** Writes {@code 0-3,8}, as {@code taskset -c} reads it. */
  public static String text(List<Integer> cores) {
    List<Integer> sorted = cores.stream().sorted().distinct().toList();
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size() || sorted.get(i) != sorted.get(i - 1) + 1) {
        String first = sorted.get(start).toString();
        parts.add(i - start == 1 ? first : first + "-" + sorted.get(i - 1));
        start = i;
      }
    }
    return parts.stream().collect(Collectors.joining(","));
  }

  /**
   * From now on this thread, and what it starts, may use only these cores.
   *
   * @param cores none: all that it may use anyway
   */
  public static Bound bind(List<Integer> cores) {
    if (cores.isEmpty() || !Mask.IS_THERE) {
      return () -> {};
    }
    Mask before = new Mask();
    Mask wanted = new Mask();
    wanted.add(cores);
    if (!before.get() || !wanted.set()) {
      LOG.warn("processes can not be bound to the cores {}", text(cores));
      return () -> {};
    }
    return before::set;
  }

  /** A set of cores as the system keeps it. */
  private static final class Mask {
    private static final int BYTES = 1024;
    static final boolean IS_THERE = isThere();

    private final Memory memory = new Memory(BYTES);

    private static boolean isThere() {
      try {
        return Platform.isLinux() && Native.POINTER_SIZE == 8 && C.isBound();
      } catch (LinkageError e) {
        return false;
      }
    }

    void add(List<Integer> cores) {
      for (int core : cores) {
        int word = core / Long.SIZE * Long.BYTES;
        if (word < BYTES) {
          memory.putLong(word, memory.getLong(word) | 1L << core % Long.SIZE);
        }
      }
    }

    boolean get() {
      return C.sched_getaffinity(0, BYTES, memory.at(0)) >= 0;
    }

    boolean set() {
      return C.sched_setaffinity(0, BYTES, memory.at(0)) == 0;
    }
  }

  /** The functions of the C library; 0 for a process id is this thread. */
  @SuppressWarnings("MemberName")
  private static final class C {
    static {
      Native.register(C.class, NativeLibrary.getProcess());
    }

    private C() {}

    static boolean isBound() {
      return true;
    }

    static native int sched_getaffinity(int pid, long size, long mask);

    static native int sched_setaffinity(int pid, long size, long mask);
  }
}
