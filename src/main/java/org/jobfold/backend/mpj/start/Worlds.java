package org.jobfold.backend.mpj.start;

import java.io.FileOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jobfold.launch.Signals;

/**
 * Worlds that follow one another. A world in which a rank is lost can not do all that is left:
 * where its rank 0 says so ({@link Turn#AGAIN}), another one is started on the hosts that still
 * answer. A signal ends them all; the first world is never started anew.
 */
final class Worlds {
  private static final int ATTEMPTS = 5;
  private static final int ID_BYTES = 8;
  private static final int SIGNALLED = 128;

  /** SIGUSR1: the end is near. */
  private static final int WARNING = 10;

  private final StartOptions options;
  private final FileOutputStream people;
  private final Instant began = Instant.now();
  private volatile Optional<World> current = Optional.empty();
  private volatile int signal;

  /**
   * None is started yet.
   *
   * @param people where what is for people goes; may be shared
   */
  Worlds(StartOptions options, FileOutputStream people) {
    this.options = options;
    this.people = people;
  }

  /** Starts the first, and those that follow; gives the exit code of the last. */
  int run() throws IOException, InterruptedException {
    Runnable signalsBack = Signals.handle(this::signalled);
    try {
      List<HostRanks> hosts =
          Layout.of(options.hosts(), options.size()).stream()
              .filter(host -> !host.ranks().isEmpty())
              .toList();
      for (int followed = 0; ; followed++) {
        Turn turn = turn(followed);
        StartResult result = stand(hosts, turn);
        if (!isToBeFollowed(result, turn)) {
          return turn.began().isPresent() && result.kind() != StartResult.Kind.OVER
              ? StartResult.INCOMPLETE
              : result.code();
        }
        Set<String> silent = current.orElseThrow().silent();
        hosts = Layout.without(silent, hosts);
        if (hosts.isEmpty() || (silent.isEmpty() && result.kind() != StartResult.Kind.OVER)) {
          Start.say(people, "no new world can go on with what is left: resume goes on");
          return StartResult.INCOMPLETE;
        }
        if (signal != 0) {
          return signal == WARNING ? StartResult.INCOMPLETE : SIGNALLED + signal;
        }
        Start.say(people, text(followed + 1, hosts, silent));
      }
    } finally {
      signalsBack.run();
    }
  }

  private Turn turn(int followed) {
    return new Turn(
        followed == 0 ? Optional.empty() : Optional.of(began),
        followed < options.followers() ? Turn.Next.POSSIBLE : Turn.Next.NONE);
  }

  /** One that follows and does not stand is followed, too: a host may not answer any more. */
  private static boolean isToBeFollowed(StartResult result, Turn turn) {
    return turn.next() == Turn.Next.POSSIBLE
        && (result.kind() == StartResult.Kind.OVER
            ? result.code() == Turn.AGAIN
            : turn.began().isPresent());
  }

  private String text(int number, List<HostRanks> hosts, Set<String> silent) {
    return "a new world goes on with what is left ("
        + number
        + " of at most "
        + options.followers()
        + "), on "
        + (hosts.size() == 1 ? "1 host" : hosts.size() + " hosts")
        + silent.stream()
            .map(host -> "'" + host + "'")
            .collect(
                Collectors.collectingAndThen(
                    Collectors.joining(", "),
                    names -> names.isEmpty() ? "" : "; no answer from " + names));
  }

  /** Starts a world, several times if that may help, and waits for its end. */
  private StartResult stand(List<HostRanks> hosts, Turn turn)
      throws IOException, InterruptedException {
    int attempts = options.way() == StartOptions.Way.DAEMONS ? ATTEMPTS : 1;
    for (int attempt = 1; ; attempt++) {
      World world = new World(options.with(turn), hosts, random(), random(), people);
      current = Optional.of(world);
      if (signal != 0 && signal != WARNING) {
        return StartResult.code(SIGNALLED + signal);
      }
      StartResult result = world.run();
      if (result.kind() == StartResult.Kind.OVER) {
        return result;
      }
      Start.say(people, result.trouble());
      if (result.kind() == StartResult.Kind.REFUSED || attempt == attempts) {
        return result;
      }
      Start.say(people, "trying again (" + attempt + " of " + (attempts - 1) + ")");
    }
  }

  private void signalled(int number) {
    signal = number;
    current.ifPresent(world -> world.signal(number));
  }

  private static String random() {
    byte[] bytes = new byte[ID_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
