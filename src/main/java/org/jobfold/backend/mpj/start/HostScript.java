package org.jobfold.backend.mpj.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jobfold.folder.ShellWords;

/**
 * What the shell of a host is told: the variables, what to start, and the program {@code host.sh}.
 *
 * @param world the name of what is started together, a hyphen, and the number of the host
 * @param token what its lines to the starter begin with
 * @param options of the start
 */
record HostScript(String world, String token, StartOptions options) {
  /** How long what is left has between TERM and KILL. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final long TENTH = 100;
  private static final String PROGRAM = program();

  /** Variables that are the same on all hosts, beside those of jobfold itself. */
  private static final Set<String> SHARED =
      Set.of("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "LC_CTYPE", "TERM", "OMP_NUM_THREADS");

  /** The ranks of a host as plain processes. */
  String ranks(HostRanks host, String meeting) {
    return script(
        host.ranks().stream()
            .map(
                rank ->
                    "rank "
                        + rank
                        + " "
                        + words(
                            RankCommand.of(
                                options,
                                rank,
                                host.ranks().size(),
                                ShellWords.quoted(rank + ""),
                                meeting)))
            .toList());
  }

  /** A daemon of MPJ Express. */
  String daemon(HostRanks host, DaemonPorts ports, String meeting) {
    String program =
        "exec " + words(RankCommand.of(options, 1, host.ranks().size(), "\"$1\"", meeting));
    return script(
        List.of("daemon " + ports.words(options.mpj()) + " " + ShellWords.quoted(program)));
  }

  /** MPJ Express's own launcher. */
  String launcher(List<HostRanks> hosts, DaemonPorts ports, String classPath) {
    String machines = hosts.stream().map(HostRanks::host).collect(Collectors.joining("\n"));
    int size = hosts.stream().mapToInt(host -> host.ranks().size()).sum();
    return script(
        List.of(
            "launcher "
                + ports.words(options.mpj())
                + " "
                + ShellWords.quoted(machines)
                + " -np "
                + size
                + " -Xmx32m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "
                + ShellWords.quoted(classPath)
                + " "
                + DaemonRank.class.getName()));
  }

  private String script(List<String> starts) {
    StringBuilder script = new StringBuilder();
    set(script, "world", world);
    script.append("export ");
    set(script, "MPJ_HOME", options.mpj());
    set(script, "token", token);
    set(script, "dir", options.directory());
    set(script, "java", options.java());
    set(script, "needs", options.mpj() + "/lib/mpj.jar");
    set(script, "grace", Long.toString(GRACE.toMillis() / TENTH));
    for (Map.Entry<String, String> variable : new java.util.TreeMap<>(System.getenv()).entrySet()) {
      if (isShared(variable.getKey())) {
        script.append("export ");
        set(script, variable.getKey(), variable.getValue());
      }
    }
    script.append("ranks() {\n");
    starts.forEach(start -> script.append(start).append('\n'));
    return script.append("}\n").append(PROGRAM).toString();
  }

  private static boolean isShared(String variable) {
    return SHARED.contains(variable)
        || (variable.matches("JOBFOLD_[A-Z_]*") && !variable.equals("JOBFOLD_WORLD"));
  }

  private static void set(StringBuilder script, String name, String value) {
    script.append(name).append('=').append(ShellWords.quoted(value)).append('\n');
  }

  private static String words(List<String> words) {
    return String.join(" ", words);
  }

  private static String program() {
    try (InputStream in = HostScript.class.getResourceAsStream("host.sh")) {
      if (in == null) {
        throw new IllegalStateException("host.sh is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
