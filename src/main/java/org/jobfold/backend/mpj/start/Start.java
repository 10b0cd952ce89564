package org.jobfold.backend.mpj.start;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Starts a world of MPJ Express, and those that follow it; ends with the exit code of the last
 * one's rank 0.
 */
public final class Start {
  private static final int REFUSED = 2;

  private Start() {}

  /** What the arguments are, {@link StartOptions} says. */
  public static void main(String[] arguments) throws InterruptedException {
    FileOutputStream people = new FileOutputStream(FileDescriptor.err);
    int code;
    try {
      code = new Worlds(StartOptions.of(arguments), people).run();
    } catch (IOException | IllegalArgumentException e) {
      say(people, "the world can not be started: " + e.getMessage());
      code = REFUSED;
    }
    Runtime.getRuntime().halt(code);
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
