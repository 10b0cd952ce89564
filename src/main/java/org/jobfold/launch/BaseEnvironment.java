package org.jobfold.launch;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The environment of this JVM in native memory, read once, byte for byte, with the launcher's mark.
 * A start only writes what differs. Immutable.
 */
final class BaseEnvironment {
  private final String[] names;
  private final String[] values;
  private final long[] addresses;

  /** Keeps the memory that the addresses are in. */
  @SuppressWarnings("UnusedVariable")
  private final Memory memory;

  private BaseEnvironment(List<byte[]> variables) {
    int size = variables.stream().mapToInt(variable -> variable.length + 1).sum();
    memory = new Memory(Math.max(1, size));
    names = new String[variables.size()];
    values = new String[variables.size()];
    addresses = new long[variables.size()];
    int offset = 0;
    for (int i = 0; i < names.length; i++) {
      byte[] variable = variables.get(i);
      String text = new String(variable, StandardCharsets.UTF_8);
      int end = text.indexOf('=', 1);
      names[i] = text.substring(0, end);
      values[i] = text.substring(end + 1);
      addresses[i] = memory.at(offset);
      memory.put(offset, Arrays.copyOf(variable, variable.length + 1), variable.length + 1);
      offset += variable.length + 1;
    }
  }

  /** The environment of this JVM but for the named variables. */
  static BaseEnvironment without(Set<String> hidden) {
    List<byte[]> kept = new ArrayList<>();
    Pointer all = NativeLibrary.getProcess().getGlobalVariableAddress("environ").getPointer(0);
    for (long offset = 0; ; offset += Long.BYTES) {
      Pointer one = all.getPointer(offset);
      if (Pointer.nativeValue(one) == 0) {
        return new BaseEnvironment(kept);
      }
      byte[] variable = one.getByteArray(0, (int) one.indexOf(0, (byte) 0));
      String text = new String(variable, StandardCharsets.UTF_8);
      int end = text.indexOf('=', 1);
      if (end > 0 && !hidden.contains(text.substring(0, end))) {
        kept.add(variable);
      }
    }
  }

  /** The value of a variable, if it is there. */
  Optional<String> value(String name) {
    int index = Arrays.asList(names).indexOf(name);
    return index < 0 ? Optional.empty() : Optional.of(values[index]);
  }

  /**
   * Writes the environment of a process.
   *
   * @param variables these replace or join those of the base
   * @param run what {@code JOBFOLD_RUN} is
   * @param chain what {@code JOBFOLD_PROCESS} is
   * @return the index of the table where it begins
   */
  int write(Map<String, String> variables, String run, String chain, Strings to) {
    int begin = -1;
    int index;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      if (!isMark(variable.getKey())) {
        index = to.point(to.add(variable.getKey(), variable.getValue()));
        begin = begin < 0 ? index : begin;
      }
    }
    index = to.point(to.add(Mark.RUN, run));
    begin = begin < 0 ? index : begin;
    to.point(to.add(Mark.PROCESS, chain));
    for (int i = 0; i < names.length; i++) {
      if (!variables.containsKey(names[i]) && !isMark(names[i])) {
        to.pointTo(addresses[i]);
      }
    }
    to.pointTo(0);
    return begin;
  }

  /** Writes the base as it is; returns the index of the table where it begins. */
  int write(Strings to) {
    int begin = to.pointTo(addresses.length == 0 ? 0 : addresses[0]);
    for (int i = 1; i < addresses.length; i++) {
      to.pointTo(addresses[i]);
    }
    to.pointTo(0);
    return begin;
  }

  private static boolean isMark(String name) {
    return name.equals(Mark.RUN) || name.equals(Mark.PROCESS);
  }
}
