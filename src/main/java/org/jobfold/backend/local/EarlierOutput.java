package org.jobfold.backend.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the output of earlier trials. The current output is always {@code stdout} and {@code
 * stderr}, or what the folder calls them; what is there already moves to {@code stdout.1} and
 * {@code stderr.1}, or to the first number that neither has, so that equal numbers belong together.
 *
 * <p>A file is never replaced: the new name is first taken by creating an empty file that must not
 * exist, then the old file is renamed onto that one, which is ours and empty. Both steps are atomic
 * on every file system, also over NFS and where there are no hard links; a crash between them
 * leaves an empty file and loses nothing.
 */
final class EarlierOutput {
  private EarlierOutput() {}

  /**
   * Moves the files that are there aside.
   *
   * @throws IOException if one can not be moved; both are then where they were, or moved
   * @throws CannotStartException if one is no file that can be moved
   */
  static void keep(Streams streams) throws IOException, CannotStartException {
    List<Path> files = new ArrayList<>(2);
    for (Path file : List.of(streams.stdout(), streams.stderr())) {
      if (!files.contains(file) && isThere(file)) {
        files.add(file);
      }
    }
    for (int number = 1; ; number++) {
      List<Path> taken = new ArrayList<>(2);
      try {
        for (Path file : files) {
          taken.add(Files.createFile(numbered(file, number)));
        }
      } catch (FileAlreadyExistsException e) {
        give(taken);
        continue;
      } catch (IOException e) {
        give(taken);
        throw e;
      }
      for (int i = 0; i < files.size(); i++) {
        move(files.get(i), taken.get(i), taken.subList(i, taken.size()));
      }
      return;
    }
  }

  private static void move(Path from, Path to, List<Path> unused) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      give(unused);
      throw e;
    }
  }

  private static boolean isThere(Path file) throws CannotStartException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(file)) {
      throw CannotStartException.because(
          "the output file '"
              + file
              + "' is there and is no regular file: name another, or move it away");
    }
    return true;
  }

  private static Path numbered(Path file, int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }

  /** Gives names back that were taken and not used: empty files of our own. */
  private static void give(List<Path> taken) throws IOException {
    for (Path file : taken) {
      Files.deleteIfExists(file);
    }
  }
}
