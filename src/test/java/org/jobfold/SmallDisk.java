package org.jobfold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real file system of a few kilobytes, which is gone when it is closed. Only root has it. */
public record SmallDisk(Path directory) implements AutoCloseable {
  /**
   * Mounts one on a directory, which is made if it is not there.
   *
   * @param options of the system for it, such as {@code size=64k,nr_inodes=10}
   */
  public static SmallDisk on(Path directory, String options) {
    assumeThat(System.getProperty("user.name")).as("only root may mount").isEqualTo("root");
    assumeThat(Files.exists(Path.of("/proc/self/mounts"))).isTrue();
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run("mount", "-t", "tmpfs", "-o", options, "jobfold-test", directory.toString());
    return new SmallDisk(directory);
  }

  /** Fills what is left of it with a file. */
  public void fill() {
    run("sh", "-c", "head -c 100000000 /dev/zero > \"$1/pad\" || true", "sh", directory.toString());
  }

  /** Takes that file away. */
  public void makeRoom() {
    run("rm", directory.resolve("pad").toString());
  }

  /** Gives it other limits. */
  public void change(String options) {
    run("mount", "-o", "remount," + options, directory.toString());
  }

  @Override
  public void close() {
    run("umount", "--lazy", directory.toString());
  }

  private static void run(String... words) {
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(process.waitFor()).as(String.join(" ", words)).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
