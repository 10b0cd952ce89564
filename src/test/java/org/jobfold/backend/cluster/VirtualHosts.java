package org.jobfold.backend.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Hosts of one machine, each with a network and a name of its own, joined by a bridge: for tests
 * that take the network of one away. Their files and processes are those of this machine. Needs
 * root.
 */
final class VirtualHosts implements AutoCloseable {
  private static final String ENTER = "hostname \"$1\"; shift; exec \"$@\"";

  private final String prefix;
  private final int count;
  private final Path enter;

  private VirtualHosts(String prefix, int count, Path enter) {
    this.prefix = prefix;
    this.count = count;
    this.enter = enter;
  }

  /** Whether this machine allows them. */
  static boolean areAllowed() {
    return System.getProperty("user.name").equals("root")
        && Files.isExecutable(Path.of("/usr/bin/nsenter"))
        && code("ip netns list && unshare --net true") == 0;
  }

  /**
   * Makes some.
   *
   * @param directory for a script
   */
  static VirtualHosts make(int count, Path directory) throws IOException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String prefix = "jf" + Integer.toString(random.nextInt(36 * 36 * 36), 36);
    Path enter = Files.writeString(directory.resolve("enter.sh"), ENTER);
    VirtualHosts hosts = new VirtualHosts(prefix, count, enter);
    String net = "10." + random.nextInt(100, 250) + "." + random.nextInt(1, 250);
    run("ip link add " + prefix + " type bridge");
    run("ip addr add " + net + ".254/24 dev " + prefix + " && ip link set " + prefix + " up");
    for (int i = 1; i <= count; i++) {
      String name = hosts.name(i);
      run("ip netns add " + name);
      run("ip link add v" + name + " type veth peer name eth0 netns " + name);
      run("ip link set v" + name + " master " + prefix + " up");
      run("ip -n " + name + " addr add " + net + "." + i + "/24 dev eth0");
      run("ip -n " + name + " link set eth0 up && ip -n " + name + " link set lo up");
    }
    return hosts;
  }

  /** The name of a host, from 1 on. */
  String name(int host) {
    return prefix + "x" + host;
  }

  /** The line that starts a command on one. */
  StartLine line() {
    return new StartLine(
        List.of(
            "nsenter",
            "--net=/run/netns/{host}",
            "unshare",
            "--uts",
            "sh",
            enter.toString(),
            "{host}",
            "{command}"));
  }

  /** Takes the network of one away. */
  void cut(int host) {
    run("ip link set v" + name(host) + " down");
  }

  /** Gives it back. */
  void mend(int host) {
    run("ip link set v" + name(host) + " up");
  }

  @Override
  public void close() {
    for (int i = 1; i <= count; i++) {
      code("ip netns pids " + name(i) + " | xargs -r kill -9");
      code("ip netns del " + name(i));
    }
    code("ip link del " + prefix);
  }

  private static void run(String line) {
    assertThat(code(line)).as(line).isZero();
  }

  private static int code(String line) {
    List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", line));
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s: %s", line, said).isTrue();
      return process.exitValue();
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
