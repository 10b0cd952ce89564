package org.jobfold.backend.mpj.start;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What world is to be started, as {@code scripts/jobfold-mpj} says it.
 *
 * @param way by what the ranks are started
 * @param hosts names of hosts, one for each place
 * @param size how many ranks; without it, as many as there are places
 * @param here how this host is called among them; without it, it is known by its addresses
 * @param line words that run {@code {command}} on {@code {host}}
 * @param address where the ranks meet; without it, an address of this host that the others reach
 * @param limit how long a start may take
 * @param followers how many worlds may follow the first one, each if the one before asks for it
 * @param mpj the home of MPJ Express, on every host
 * @param java the program
 * @param javaOptions options of each rank's virtual machine
 * @param classPath of the ranks, beside MPJ Express
 * @param main the class of the ranks
 * @param directory in which they run
 * @param arguments of the ranks
 */
record StartOptions(
    Way way,
    List<String> hosts,
    OptionalInt size,
    Optional<String> here,
    List<String> line,
    Optional<String> address,
    Duration limit,
    int followers,
    String mpj,
    String java,
    List<String> javaOptions,
    String classPath,
    String main,
    String directory,
    List<String> arguments) {
  /** By what ranks are started. */
  enum Way {
    DIRECT,
    DAEMONS
  }

  private static final Set<String> MANY = Set.of("--host", "--line", "--java-option");

  StartOptions {
    hosts = List.copyOf(hosts);
    line = List.copyOf(line);
    javaOptions = List.copyOf(javaOptions);
    arguments = List.copyOf(arguments);
    if (hosts.isEmpty()
        || line.stream().noneMatch(word -> word.contains("{host}"))
        || !line.contains("{command}")) {
      throw new IllegalArgumentException("no hosts, or no line with {host} and {command}");
    }
  }

  /**
   * Reads {@code NAME VALUE} in turn, up to {@code --}.
   *
   * @throws IllegalArgumentException if one is missing or unknown
   */
  static StartOptions of(String[] arguments) {
    Deque<String> rest = new ArrayDeque<>(List.of(arguments));
    Map<String, List<String>> said = new HashMap<>();
    while (!rest.isEmpty()) {
      String name = rest.removeFirst();
      if (name.equals("--")) {
        break;
      }
      List<String> values = said.computeIfAbsent(name, n -> new ArrayList<>());
      if (rest.isEmpty() || (!values.isEmpty() && !MANY.contains(name))) {
        throw new IllegalArgumentException("'" + name + "' without a value, or twice");
      }
      values.add(rest.removeFirst());
    }
    Optional<String> size = one(said, "--np");
    return new StartOptions(
        Way.valueOf(need(said, "--way")),
        many(said, "--host"),
        size.isPresent() ? OptionalInt.of(Integer.parseInt(size.get())) : OptionalInt.empty(),
        one(said, "--here"),
        many(said, "--line"),
        one(said, "--address"),
        Duration.ofSeconds(Integer.parseInt(need(said, "--limit"))),
        Integer.parseInt(need(said, "--followers")),
        need(said, "--mpj"),
        need(said, "--java"),
        many(said, "--java-option"),
        need(said, "--class-path"),
        need(said, "--main"),
        need(said, "--directory"),
        List.copyOf(rest));
  }

  /** The same for one of several worlds, whose rank 0 is told which. */
  StartOptions with(Turn turn) {
    List<String> told = new ArrayList<>(javaOptions);
    told.addAll(turn.options());
    return new StartOptions(
        way, hosts, size, here, line, address, limit, followers, mpj, java, told, classPath, main,
        directory, arguments);
  }

  private static List<String> many(Map<String, List<String>> said, String name) {
    return said.getOrDefault(name, List.of());
  }

  private static Optional<String> one(Map<String, List<String>> said, String name) {
    return many(said, name).stream().findFirst();
  }

  private static String need(Map<String, List<String>> said, String name) {
    return one(said, name)
        .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is missing"));
  }
}
