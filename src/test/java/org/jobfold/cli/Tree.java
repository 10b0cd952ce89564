package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jobfold.SmallDisk;

/** A tree of job folders for a test. */
record Tree(Path root) {
  /** A folder with a folder file. */
  Tree folder(String name, String... lines) {
    try {
      Path directory = Files.createDirectories(at(name));
      Files.writeString(directory.resolve("job.yaml"), String.join("\n", lines) + "\n");
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file, executable if it is a script. */
  Tree file(String name, String text) {
    try {
      Path file = at(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      if (text.startsWith("#!")) {
        file.toFile().setExecutable(true);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A named pipe at the root, to wait for a folder, or to make one wait. */
  Tree fifo(String name) {
    Cli.Shell.run("mkfifo \"$1\"", at(name));
    return this;
  }

  /** Waits until so many lines were written to a named pipe. */
  void await(String fifo, int lines) {
    Cli.Shell.run(
        "exec 3<>\"$1\"; for ((i = 0; i < $2; i++)); do read -r -u 3; done", at(fifo), lines);
  }

  /** Lets those go on that read a named pipe. */
  void release(String fifo) {
    Cli.Shell.run("echo > \"$1\"", at(fifo));
  }

  /** Does something with the state directory on a disk of a few kilobytes. */
  void onSmallDisk(Runnable test) {
    try (SmallDisk disk = SmallDisk.on(at(".jobfold"), "size=64k")) {
      assertThat(disk.directory()).isEmptyDirectory();
      test.run();
    }
  }

  Path at(String name) {
    return name.isEmpty() ? root : root.resolve(name);
  }

  String text(String name) {
    try {
      return Files.readString(at(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files and directories, from the root. */
  List<String> all() {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.map(path -> root.relativize(path).toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
