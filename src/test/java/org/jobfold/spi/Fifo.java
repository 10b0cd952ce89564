package org.jobfold.spi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A named pipe: how a test and a process that it started wait for one another. */
public record Fifo(Path path) {
  /** Makes one. */
  public static Fifo in(Path directory, String name) throws IOException {
    Path path = directory.resolve(name);
    try {
      int code = new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IOException("mkfifo ended with " + code);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return new Fifo(path);
  }

  /** Waits until someone has written to it. */
  public void await() throws IOException {
    Files.readString(path);
  }

  /** Waits until someone reads it, and writes. */
  public void write(String text) throws IOException {
    Files.writeString(path, text);
  }
}
