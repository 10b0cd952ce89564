package org.jobfold.backend.mpj.start;

import java.io.FileOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jobfold.thread.Daemons;

/**
 * One world from its start to its end. Whatever happens is put into a mailbox; one thread, the one
 * that runs it, takes it out and owns all that changes.
 *
 * <p>It lives as long as rank 0, whose exit code is its own. Another rank that ends is told and
 * nothing more: who leads knows what that means.
 */
final class World implements HostEvents {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration REST = Duration.ofSeconds(5);
  private static final Duration AFTER_SIGNAL = Duration.ofSeconds(60);
  private static final int SIGNALLED = 128;
  private static final int LAST_SIGNAL = 3;

  /** SIGUSR1: the end is near, which does not end a run. */
  private static final int WARNING = 10;

  private static final Map<Integer, String> SIGNALS = Map.of(1, "HUP", 2, "INT", 15, "TERM");

  private final StartOptions options;
  private final HereAndThere places;
  private final List<HostRanks> hosts;
  private final String id;
  private final String token;
  private final DaemonPorts ports = DaemonPorts.random();
  private final FileOutputStream people;
  private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
  private final List<HostShell> shells = new ArrayList<>();
  private final Map<Integer, HostShell> homes = new HashMap<>();
  private final Map<Integer, Long> processes = new HashMap<>();
  private final Map<Integer, Integer> codes = new HashMap<>();
  private final Set<String> over = new HashSet<>();
  private int gone;
  private int ready;
  private int signals;
  private boolean stands;
  private Optional<StartResult> result = Optional.empty();

  World(
      StartOptions options,
      List<HostRanks> hosts,
      String id,
      String token,
      FileOutputStream people) {
    this.options = options;
    this.places = new HereAndThere(options);
    this.hosts = hosts;
    this.id = id;
    this.token = token;
    this.people = people;
  }

  /** Starts it, and waits for its end. */
  StartResult run() throws IOException, InterruptedException {
    try (Rendezvous rendezvous =
        Rendezvous.open(
            places.address(), size(), PATIENCE, trouble -> mailbox.add(() -> met(trouble)))) {
      String meeting = RankCommand.meeting(size(), rendezvous.address());
      for (HostRanks host : hosts) {
        HostScript script = script(Integer.toString(shells.size()));
        shells.add(
            shell(
                host.host(),
                places.shell(host.host()),
                options.way() == StartOptions.Way.DIRECT
                    ? script.ranks(host, meeting)
                    : script.daemon(host, ports, meeting)));
      }
      listen(options.limit(), Until.STANDS);
      if (!stands && result.isEmpty()) {
        result = Optional.of(StartResult.again(missing(rendezvous.missing())));
      }
      while (result.isEmpty()) {
        mailbox.take().run();
      }
      if (stands) {
        listen(REST, Until.EMPTY);
      }
      return result.get();
    } finally {
      release();
    }
  }

  /** A signal to the starter. Thread-safe. */
  void signal(int number) {
    mailbox.add(() -> signalled(number));
  }

  /**
   * The hosts that did not say at its end that nothing of it is left there: they are cut off, or
   * were never reached. Called once, after {@link #run}.
   */
  Set<String> silent() throws InterruptedException {
    listen(REST, Until.GONE);
    Set<String> silent = new LinkedHashSet<>();
    hosts.forEach(host -> silent.add(host.host()));
    silent.removeAll(over);
    return silent;
  }

  private enum Until {
    STANDS,
    EMPTY,
    GONE
  }

  private void listen(Duration limit, Until until) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!is(until)) {
      Runnable event = mailbox.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event == null) {
        return;
      }
      event.run();
    }
  }

  private boolean is(Until until) {
    return switch (until) {
      case STANDS -> stands || result.isPresent();
      case EMPTY -> codes.size() >= size();
      case GONE -> gone >= shells.size();
    };
  }

  private void release() throws InterruptedException {
    shells.forEach(HostShell::release);
    long end = System.nanoTime() + HostScript.GRACE.plus(PATIENCE).toNanos();
    for (HostShell shell : shells) {
      shell.await(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }

  private int size() {
    return hosts.stream().mapToInt(host -> host.ranks().size()).sum();
  }

  private HostShell shell(String host, List<String> command, String text) throws IOException {
    return HostShell.start(host, command, text, token, people, this);
  }

  private HostScript script(String host) {
    return new HostScript(id + "-" + host, token, options);
  }

  private String missing(List<Integer> ranks) {
    String where =
        hosts.stream()
            .filter(host -> host.ranks().stream().anyMatch(ranks::contains))
            .map(HostRanks::toString)
            .collect(Collectors.joining(", "));
    return (ranks.size() == 1 ? "rank " : "ranks ")
        + ranks.stream().map(String::valueOf).collect(Collectors.joining(", "))
        + (options.way() == StartOptions.Way.DIRECT ? " on " + where : "")
        + " did not report within "
        + options.limit().toSeconds()
        + " s: can the hosts reach each other at all ports?";
  }

  private void fail(StartResult failure) {
    if (result.isEmpty()) {
      result = Optional.of(failure);
    }
  }

  private void met(Optional<String> trouble) {
    if (trouble.isPresent()) {
      fail(StartResult.again(trouble.get()));
    } else {
      stands = true;
    }
  }

  private void signalled(int number) {
    Long lead = processes.get(0);
    HostShell home = homes.get(0);
    if (number == WARNING) {
      if (stands && lead != null && home != null) {
        home.kill("USR1", lead);
      }
      return;
    }
    signals++;
    if (!stands || lead == null || home == null || signals >= LAST_SIGNAL) {
      fail(StartResult.code(SIGNALLED + number));
      return;
    }
    home.kill(SIGNALS.getOrDefault(number, "TERM"), lead);
    if (signals == 1) {
      Daemons.start("impatience", () -> endAfter(number));
    }
  }

  private void endAfter(int number) {
    try {
      TimeUnit.NANOSECONDS.sleep(AFTER_SIGNAL.toNanos());
      mailbox.add(() -> fail(StartResult.code(SIGNALLED + number)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void began(String host, int rank, long process) {
    mailbox.add(
        () -> {
          processes.put(rank, process);
          shells.stream()
              .filter(shell -> shell.host().equals(host))
              .findFirst()
              .ifPresent(shell -> homes.put(rank, shell));
        });
  }

  @Override
  public void ended(String host, int rank, int code) {
    mailbox.add(() -> hasEnded(host, rank, code));
  }

  private void hasEnded(String host, int rank, int code) {
    if (rank < 0) {
      if (!stands) {
        fail(StartResult.again("MPJ Express has ended on '" + host + "' with " + code));
      }
      return;
    }
    codes.put(rank, code);
    if (rank == 0) {
      fail(StartResult.code(code));
    } else if (!stands) {
      fail(
          StartResult.again(
              "rank "
                  + rank
                  + " on '"
                  + host
                  + "' ended with "
                  + code
                  + " before the world stood"));
    } else if (code != 0 && result.isEmpty()) {
      Start.say(people, "rank " + rank + " on '" + host + "' has ended with " + code);
    }
  }

  @Override
  public void refused(String host, String why) {
    mailbox.add(() -> fail(StartResult.refused("host '" + host + "': " + why)));
  }

  @Override
  public void ready(String host) {
    mailbox.add(this::isReady);
  }

  private void isReady() {
    ready++;
    if (options.way() == StartOptions.Way.DAEMONS && ready == hosts.size()) {
      HostScript launcher = script("launcher");
      String classPath = System.getProperty("java.class.path", "");
      try {
        shells.add(shell("this host", places.shell(), launcher.launcher(hosts, ports, classPath)));
      } catch (IOException e) {
        fail(StartResult.refused("MPJ Express's launcher can not be started: " + e.getMessage()));
      }
    }
  }

  @Override
  public void over(String host) {
    mailbox.add(() -> over.add(host));
  }

  @Override
  public void gone(String host, int code) {
    mailbox.add(() -> isGone(host, code));
  }

  private void isGone(String host, int code) {
    gone++;
    if (result.isPresent() || (stands && over.contains(host))) {
      return;
    }
    String command = String.join(" ", places.shell(host).subList(1, places.shell(host).size()));
    if (!stands) {
      fail(
          StartResult.refused(
              "host '" + host + "' can not be reached: '" + command + "' ended with " + code));
    } else if (host.equals(hosts.get(0).host())) {
      Start.say(people, "host '" + host + "', on which rank 0 ran, is lost: resume goes on");
      fail(StartResult.code(StartResult.INCOMPLETE));
    } else {
      Start.say(people, "host '" + host + "' is lost: '" + command + "' ended with " + code);
    }
  }
}
