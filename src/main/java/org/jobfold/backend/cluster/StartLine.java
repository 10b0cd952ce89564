package org.jobfold.backend.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jobfold.comm.Host;

/**
 * The line that starts a command on another host: {@code ssh -o BatchMode=yes {host} {command}}.
 *
 * <p>{@code {host}} may be part of a word. {@code {command}} is a word of its own and becomes as
 * many as the command has, quoted as a shell on the other host wants them, where they need quotes.
 *
 * @param words the line in words; there is no quoting
 */
public record StartLine(List<String> words) {
  private static final String COMMAND = "{command}";
  private static final String HOST = "{host}";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[a-z]+}");

  /** By ssh, which must ask nothing. */
  public static final StartLine SSH = parse("ssh -o BatchMode=yes {host} {command}");

  /** Copies the list; refuses a line that does not say where host and command go. */
  public StartLine {
    words = List.copyOf(words);
    String line = String.join(" ", words);
    if (words.indexOf(COMMAND) < 1) {
      throw new IllegalArgumentException(
          "the start line '"
              + line
              + "' does not say where the command goes: write what starts it on another host and,"
              + " as a word of its own, {command}");
    }
    if (!line.contains(HOST)) {
      throw new IllegalArgumentException(
          "the start line '" + line + "' does not say where the host goes: write {host}");
    }
    Matcher matcher = PLACEHOLDER.matcher(line);
    while (matcher.find()) {
      if (!matcher.group().equals(COMMAND) && !matcher.group().equals(HOST)) {
        throw new IllegalArgumentException(
            "the start line '"
                + line
                + "' has the placeholder '"
                + matcher.group()
                + "': there are {host} and {command}");
      }
    }
  }

  /** A line of words with blanks between them. */
  public static StartLine parse(String line) {
    return new StartLine(List.of(line.strip().split("\\s+")));
  }

  /** The words that start a command on a host. */
  List<String> argv(Host host, List<String> command) {
    List<String> argv = new ArrayList<>(words.size() + command.size());
    for (String word : words) {
      if (word.equals(COMMAND)) {
        argv.addAll(command);
      } else {
        argv.add(word.replace(HOST, host.name()));
      }
    }
    return argv;
  }
}
