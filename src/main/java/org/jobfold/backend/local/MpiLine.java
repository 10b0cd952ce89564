package org.jobfold.backend.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line that starts a program through an MPI launcher: {@code mpirun -n {ranks} -machinefile
 * {machinefile} {command}}.
 *
 * <p>{@code {ranks}} and {@code {machinefile}} may be part of a word. {@code {command}} is a word
 * of its own and becomes as many as the command has.
 *
 * @param words the line in words; the first is the launcher
 */
public record MpiLine(List<String> words) {
  private static final String COMMAND = "{command}";
  private static final Set<String> KNOWN = Set.of(COMMAND, "{ranks}", "{machinefile}");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[a-z]+}");

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
                + "': there are {ranks}, {machinefile} and {command}");
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
   * The program and arguments that start {@code command}.
   *
   * @param ranks how many processes
   * @param machineFile the machine file, absolute
   * @param command the program and its arguments
   */
  public List<String> argv(int ranks, String machineFile, List<String> command) {
    List<String> argv = new ArrayList<>(words.size() + command.size());
    for (String word : words) {
      if (word.equals(COMMAND)) {
        argv.addAll(command);
      } else {
        argv.add(
            word.replace("{ranks}", Integer.toString(ranks)).replace("{machinefile}", machineFile));
      }
    }
    return argv;
  }
}
