package org.jobfold.crash;

import com.sun.jna.Function;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processes of this system, as {@code /proc} shows them. */
final class Processes {
  private static final Function KILL = Function.getFunction("c", "kill");

  private Processes() {}

  /** Sends a signal. False if there is no such process. */
  static boolean signal(int pid, int signal) {
    return KILL.invokeInt(new Object[] {pid, signal}) == 0;
  }

  /** Those that live and have these variables, each {@code NAME=VALUE}, in their environment. */
  static List<Integer> withEnvironment(String... variables) {
    List<Integer> found = new ArrayList<>();
    for (int pid : all()) {
      String environment = "\0" + read(pid, "environ");
      boolean all = true;
      for (String variable : variables) {
        all &= environment.contains("\0" + variable + "\0");
      }
      if (all) {
        found.add(pid);
      }
    }
    return found;
  }

  static List<Integer> children(long parent) {
    List<Integer> found = new ArrayList<>();
    for (int pid : all()) {
      String stat = read(pid, "stat");
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).split(" ", 4);
      if (fields.length == 4 && fields[2].equals(Long.toString(parent))) {
        found.add(pid);
      }
    }
    return found;
  }

  /** The words of a command, with zeros around them; empty if it has ended. */
  static String commandLine(int pid) {
    return "\0" + read(pid, "cmdline");
  }

  private static List<Integer> all() {
    List<Integer> pids = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      entries.forEach(entry -> pids.add(Integer.valueOf(String.valueOf(entry.getFileName()))));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return pids;
  }

  /** Empty for one that has ended. */
  private static String read(int pid, String file) {
    try {
      return Files.readString(
          Path.of("/proc", Integer.toString(pid), file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
