package org.jobfold.backend.mpj.start;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** Starts a world of MPJ Express, and ends with the exit code of its rank 0. */
public final class Start {
  private static final int REFUSED = 2;
  private static final int ATTEMPTS = 5;
  private static final int ID_BYTES = 8;

  private Start() {}

  /** What the arguments are, {@link StartOptions} says. */
  public static void main(String[] arguments) throws InterruptedException {
    FileOutputStream people = new FileOutputStream(FileDescriptor.err);
    int code;
    try {
      code = run(StartOptions.of(arguments), people);
    } catch (IOException | IllegalArgumentException e) {
      say(people, "the world can not be started: " + e.getMessage());
      code = REFUSED;
    }
    Runtime.getRuntime().halt(code);
  }

  private static int run(StartOptions options, FileOutputStream people)
      throws IOException, InterruptedException {
    List<HostRanks> hosts =
        Layout.of(options.hosts(), options.size()).stream()
            .filter(host -> !host.ranks().isEmpty())
            .toList();
    int attempts = options.way() == StartOptions.Way.DAEMONS ? ATTEMPTS : 1;
    for (int attempt = 1; ; attempt++) {
      StartResult result = new World(options, hosts, random(), random(), people).run();
      if (result.kind() == StartResult.Kind.OVER) {
        return result.code();
      }
      say(people, result.trouble());
      if (result.kind() == StartResult.Kind.REFUSED || attempt == attempts) {
        return result.code();
      }
      say(people, "trying again (" + attempt + " of " + (attempts - 1) + ")");
    }
  }

  private static String random() {
    byte[] bytes = new byte[ID_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static void say(FileOutputStream people, String text) {
    synchronized (people) {
      try {
        people.write(("jobfold-mpj: " + text + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // Nobody reads it.
      }
    }
  }
}
