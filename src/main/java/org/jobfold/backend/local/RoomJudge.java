package org.jobfold.backend.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;

/**
 * Tells failures of a folder itself from those for want of room: after one, it is tried whether
 * there is room where the trial has written. What a program says of it is not read: it says it in
 * its own words, and of any file.
 */
final class RoomJudge {
  private RoomJudge() {}

  /** An outcome as it counts. */
  static Outcome judge(Outcome outcome, Streams streams) {
    return outcome
        .cause()
        .filter(Cause::mayBeForWantOfRoom)
        .flatMap(cause -> explain(cause.text(), streams))
        .<Outcome>map(Outcome::failed)
        .orElse(outcome);
  }

  /**
   * The want of room that a failure comes from, if there is none now where the trial has its files.
   *
   * @param failure what happened, for people
   */
  static Optional<Cause> explain(String failure, Streams streams) {
    for (Path directory : directories(streams)) {
      Optional<String> full = FreeSpace.lack(directory);
      if (full.isPresent()) {
        return Optional.of(
            new Cause.NoRoom(
                directory.toString(),
                failure
                    + ", and "
                    + place(directory)
                    + " is full ("
                    + full.get()
                    + "): make room"));
      }
    }
    return Optional.empty();
  }

  /** Those that trials write to, the folder's own first. */
  private static Set<Path> directories(Streams streams) {
    Set<Path> all = new LinkedHashSet<>();
    all.add(streams.directory());
    for (Path file : new Path[] {streams.stdout(), streams.stderr()}) {
      all.add(Objects.requireNonNullElse(file.normalize().getParent(), streams.directory()));
    }
    return all;
  }

  /**
   * Why there is no room in a directory now.
   *
   * @param root the directory of the tree; of other file systems than its own nothing is said
   */
  static Optional<String> lack(Path root, Path directory) {
    try {
      return Files.getFileStore(root).equals(Files.getFileStore(directory))
          ? FreeSpace.lackNow(directory)
              .map(reason -> "the disk of '" + root + "' is full (" + reason + ")")
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The file system, as it is mounted. */
  private static String place(Path directory) {
    try {
      return "the file system '" + Files.getFileStore(directory) + "'";
    } catch (IOException e) {
      return "the file system of '" + directory + "'";
    }
  }
}
