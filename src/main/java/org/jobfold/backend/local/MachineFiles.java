package org.jobfold.backend.local;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jobfold.comm.Placement;

/**
 * The machine files of what runs now, one for each slot: {@code .jobfold/machines/slot-N}. A file
 * is written again only when its text changes, since a slot mostly gets the same ranks again.
 *
 * <p>A slot is used by one trial at a time; different slots by different threads.
 */
final class MachineFiles {
  private final Path directory;
  private final Map<Integer, Written> slots = new ConcurrentHashMap<>();

  private record Written(Path file, Placement placement, String text) {}

  /**
   * Keeps files in this directory.
   *
   * @param directory absolute; it and the one above are made when they are needed
   */
  MachineFiles(Path directory) {
    this.directory = directory;
  }

  /** Where the slot's machine file is, or will be. */
  Path file(int slot) {
    return directory.resolve("slot-" + slot);
  }

  /** The slot's machine file, with the ranks of this placement in it. */
  Path file(int slot, Placement placement) throws IOException {
    Written last = slots.get(slot);
    if (last != null && last.placement.equals(placement)) {
      return last.file;
    }
    String text = placement.machineFile();
    Path file = last == null ? file(slot) : last.file;
    if (last == null || !last.text.equals(text)) {
      slots.remove(slot);
      write(file, text);
    }
    slots.put(slot, new Written(file, placement, text));
    return file;
  }

  /** Removes the files. */
  void remove() throws IOException {
    for (Written written : slots.values()) {
      Files.deleteIfExists(written.file);
    }
    slots.clear();
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException e) {
      // Another session has files there.
    }
  }

  private void write(Path file, String text) throws IOException {
    try {
      Files.writeString(file, text);
    } catch (NoSuchFileException e) {
      Path parent = directory.getParent();
      if (parent != null) {
        make(parent);
      }
      make(directory);
      Files.writeString(file, text);
    }
  }

  /** Makes one directory: never the tree itself, should it be gone. */
  private static void make(Path directory) throws IOException {
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      // Made by another, or before.
    }
  }
}
