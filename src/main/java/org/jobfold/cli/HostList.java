package org.jobfold.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.Problem;

/**
 * Hosts and how many ranks each has, as the user writes them: {@code a:8}, or {@code a} for one
 * rank; in a file also {@code a slots=8}. A host that comes again has so many more.
 */
final class HostList {
  private static final int MOST = 100_000;
  private static final Pattern HOST =
      Pattern.compile("(?:([A-Za-z0-9_][A-Za-z0-9_.-]*)|\\[([0-9A-Fa-f:.%a-z]+)])(?::([^:]*))?");
  private static final Pattern SLOTS = Pattern.compile("(?:slots|max[-_]slots)\\s*=\\s*(\\S+)");

  private final Map<String, Integer> ranks = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  /**
   * The ranks of the hosts in a list.
   *
   * @param problems gets what is wrong with it
   */
  static Placement of(List<String> hosts, List<Problem> problems) {
    HostList list = new HostList();
    for (String host : hosts) {
      list.add(host.strip(), "--hosts", 0);
    }
    return list.end("--hosts", problems);
  }

  /**
   * The ranks of the hosts in a machine file, as MPI launchers read it: a line for a host, what
   * follows a {@code #} is not read.
   *
   * @param problems gets what is wrong with it
   */
  static Placement of(Path file, List<Problem> problems) {
    HostList list = new HostList();
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).replaceFirst("#.*", "").strip();
        if (!line.isEmpty()) {
          list.addLine(line, file.toString(), i + 1);
        }
      }
    } catch (MalformedInputException e) {
      list.problems.add(Problem.of(file.toString(), "is no text: name a machine file"));
    } catch (IOException e) {
      list.problems.add(
          Problem.of(
              file.toString(),
              "the machine file can not be read: "
                  + (Files.exists(file) ? "make it readable" : "there is no such file")));
    }
    return list.end(file.toString(), problems);
  }

  private void addLine(String line, String place, int number) {
    String[] parts = line.split("\\s+", 2);
    if (parts.length == 1) {
      add(parts[0], place, number);
      return;
    }
    Matcher slots = SLOTS.matcher(parts[1]);
    if (!slots.lookingAt() || !slots.group().startsWith("slots")) {
      problem(
          place,
          number,
          "'" + line + "' is no host and its ranks: write 'host', 'host:8' or 'host slots=8'");
    } else {
      add(parts[0] + ":" + slots.group(1), place, number);
    }
  }

  private void add(String text, String place, int line) {
    Matcher matcher = HOST.matcher(text);
    if (!matcher.matches()) {
      problem(
          place,
          line,
          text.isEmpty()
              ? "a host has no name: write hosts as 'a:8,b:8'"
              : "'" + text + "' is no host and its ranks: write them as 'a:8'");
      return;
    }
    String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    String count = matcher.group(3) == null ? "1" : matcher.group(3);
    int number = count.matches("[0-9]{1,6}") ? Integer.parseInt(count) : 0;
    if (number < 1 || number > MOST) {
      problem(
          place,
          line,
          "host '" + name + "' can not have '" + count + "' ranks: give a number from 1 on");
      return;
    }
    ranks.merge(name, number, Integer::sum);
  }

  private void problem(String place, int line, String message) {
    problems.add(new Problem(place, line, message));
  }

  private Placement end(String place, List<Problem> to) {
    if (ranks.isEmpty() && problems.isEmpty()) {
      problem(place, 0, "names no host: write hosts as 'a:8,b:8', in a file one a line");
    }
    to.addAll(problems);
    List<Placement.Share> shares = new ArrayList<>();
    int next = 0;
    for (Map.Entry<String, Integer> host : ranks.entrySet()) {
      shares.add(
          new Placement.Share(
              new Host(host.getKey()),
              IntStream.range(next, next + host.getValue()).boxed().toList()));
      next += host.getValue();
    }
    return new Placement(shares);
  }
}
