package org.jobfold.launch;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Says cheaply which children this JVM may have got since a process was started.
 *
 * <p>From {@code /proc/self/task/PID/children} where the kernel has it: what is left behind is
 * given to the first thread of this JVM. Else from {@code /proc/loadavg}, which has the process id
 * that was given last: ids are given in order, so a descendant of a process that started a moment
 * ago has one after its own.
 *
 * <p>Thread-safe.
 */
final class Births {
  static final int ESRCH = 3;

  /** It can not be said: look at all processes. */
  static final int[] UNKNOWN = {-1};

  private static final int MANY = 64;

  /** So long that ids may have begun anew, and long enough for a look at all not to matter. */
  private static final long LONG = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int TEXT = 256;
  private static final int TEXT_SIZE = 512;

  private final int children;
  private final int loadAverage;

  /** Reads what this kernel has. */
  static Births of(int self) {
    boolean firstThreadLives = ProcessTable.entry(self).filter(one -> !one.isZombie()).isPresent();
    return new Births(
        firstThreadLives ? "/proc/self/task/" + self + "/children" : "", "/proc/loadavg");
  }

  /** Reads two files, of which each may be missing. */
  Births(String children, String loadAverage) {
    this.children = open(children);
    this.loadAverage = open(loadAverage);
  }

  private static int open(String file) {
    if (!new File(file).exists()) {
      return -1;
    }
    Strings strings = new Strings();
    int offset = strings.add(file);
    strings.seal();
    return LibC.open(strings.string(offset), LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
  }

  void close() {
    LibC.close(children);
    LibC.close(loadAverage);
  }

  /**
   * The children that this JVM may have got.
   *
   * @param pid since this process was started
   * @param age nanoseconds since before that
   * @param memory at least 1024 bytes, of which the upper three quarters are used
   * @return process ids, or {@link #UNKNOWN}
   */
  int[] childrenSince(int pid, long age, Memory memory) {
    if (children >= 0) {
      String text = read(children, memory);
      return text.length() == TEXT_SIZE ? UNKNOWN : numbers(text);
    }
    if (loadAverage < 0 || age > LONG) {
      return UNKNOWN;
    }
    String text = read(loadAverage, memory).stripTrailing();
    int last = number(text.substring(text.lastIndexOf(' ') + 1));
    if (last < pid || last - pid > MANY) {
      return UNKNOWN;
    }
    int[] all = new int[last - pid];
    Arrays.setAll(all, i -> pid + 1 + i);
    return all;
  }

  private static String read(int descriptor, Memory memory) {
    int size = (int) LibC.pread(descriptor, memory.at(TEXT), TEXT_SIZE, 0);
    byte[] bytes = new byte[Math.max(0, size)];
    memory.get(TEXT, bytes, bytes.length);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.split(" ", -1))
        .filter(word -> !word.isBlank())
        .mapToInt(Births::number)
        .toArray();
  }

  private static int number(String word) {
    return word.isEmpty() || !Character.isDigit(word.charAt(0)) ? -1 : Integer.parseInt(word);
  }
}
