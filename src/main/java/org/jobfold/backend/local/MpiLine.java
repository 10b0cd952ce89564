package org.jobfold.backend.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;

/**
 * The line that starts a program through an MPI launcher: {@code mpirun -n {ranks} -machinefile
 * {machinefile} {command}}.
 *
 * <p>{@code {ranks}}, {@code {threads}} (of each rank), {@code {machinefile}}, {@code {hosts}}
 * (with commas between), {@code {nodes}} (how many hosts) and {@code {tasks_per_node}} (the most
 * ranks on one) may be part of a word. {@code {command}} is a word of its own and becomes as many
 * as the command has.
 *
 * @param words the line in words; the first is the launcher
 */
public record MpiLine(List<String> words) {
  private static final String COMMAND = "{command}";
  private static final List<String> KNOWN =
      List.of(
          "{ranks}",
          "{threads}",
          "{machinefile}",
          "{hosts}",
          "{nodes}",
          "{tasks_per_node}",
          COMMAND);
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[a-z_]+}");

  /** What Open MPI, MPICH and their kin understand. */
  public static final MpiLine DEFAULT =
      parse("mpirun -n {ranks} -machinefile {machinefile} {command}");

  /** Copies the list; refuses a line without a launcher or a command, and unknown placeholders. */
  public MpiLine {
    words = List.copyOf(words);
    String line = String.join(" ", words);
    if (words.indexOf(COMMAND) < 1) {
      throw new IllegalArgumentException(
          "the MPI launch line '"
              + line
              + "' does not say where the command goes: write the launcher, its options and, as a"
              + " word of its own, {command}");
    }
    Matcher matcher = PLACEHOLDER.matcher(line);
    while (matcher.find()) {
      if (!KNOWN.contains(matcher.group())) {
        throw new IllegalArgumentException(
            "the MPI launch line '"
                + line
                + "' has the placeholder '"
                + matcher.group()
                + "': there are "
                + String.join(", ", KNOWN.subList(0, KNOWN.size() - 1))
                + " and {command}");
      }
    }
  }

  /** A line of words with blanks between them; there is no quoting. */
  public static MpiLine parse(String line) {
    return new MpiLine(List.of(line.strip().split("\\s+")));
  }

  /** The launcher. */
  public String launcher() {
    return words.get(0);
  }

  /**
   * Whether the launcher may say that all went well when it did not: srun ends with 0 when a node
   * has died.
   */
  boolean needsMarks() {
    return launcher().equals("srun") || launcher().endsWith("/srun");
  }

  /**
   * The program and arguments that start {@code command}.
   *
   * @param placement the ranks
   * @param threads how many cores each process has
   * @param machineFile the machine file, absolute
   * @param command the program and its arguments
   */
  public List<String> argv(
      Placement placement, int threads, String machineFile, List<String> command) {
    Map<String, String> values = values(placement, machineFile);
    values.put("{threads}", Integer.toString(threads));
    List<String> argv = new ArrayList<>(words.size() + command.size());
    for (String word : words) {
      if (word.equals(COMMAND)) {
        argv.addAll(command);
      } else {
        argv.add(
            PLACEHOLDER
                .matcher(word)
                .replaceAll(
                    found ->
                        Matcher.quoteReplacement(
                            values.getOrDefault(found.group(), found.group()))));
      }
    }
    return argv;
  }

  private static Map<String, String> values(Placement placement, String machineFile) {
    Map<String, String> values = new TreeMap<>();
    values.put("{ranks}", Integer.toString(placement.processes()));
    values.put("{machinefile}", machineFile);
    values.put(
        "{hosts}", placement.hosts().stream().map(Host::name).collect(Collectors.joining(",")));
    values.put("{nodes}", Integer.toString(placement.hosts().size()));
    values.put(
        "{tasks_per_node}",
        Integer.toString(
            placement.shares().stream().mapToInt(Placement.Share::processes).max().orElse(1)));
    return values;
  }
}
