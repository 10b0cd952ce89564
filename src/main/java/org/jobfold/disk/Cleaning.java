package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;

/**
 * Removes from a tree what jobfold wrote there, and nothing else: whatever it can not tell to be
 * its own stays. Marks of {@code jobfold tag} are the user's decisions, and stay too.
 *
 * <p>Whoever lets it remove something holds the lock of the tree.
 */
public final class Cleaning {
  private final Path directory;
  private final List<Item> items;
  private final List<Kept> kept;
  private final int unnamed;

  /** Whether the output of trials goes as well. */
  public enum Outputs {
    /** It stays. */
    STAY,
    /** It goes, as far as it is proven to be that. */
    GO
  }

  /**
   * A file of jobfold's.
   *
   * @param file where it is
   * @param bytes how long it is
   */
  public record Item(Path file, long bytes) implements Comparable<Item> {
    @Override
    public int compareTo(Item other) {
      return file.compareTo(other.file);
    }
  }

  /**
   * Something that stays.
   *
   * @param file where it is
   * @param why for people
   */
  public record Kept(Path file, String why) {}

  private Cleaning(Path directory, List<Item> items, List<Kept> kept, int unnamed) {
    this.directory = directory;
    this.items = List.copyOf(items);
    this.kept = List.copyOf(kept);
    this.unnamed = unnamed;
  }

  /**
   * Looks what there is to remove. Removes nothing.
   *
   * @throws RefusedException if it can not be looked
   */
  public static Cleaning of(StateDirectory state, Outputs outputs) {
    Path directory = state.path();
    List<Item> items = new ArrayList<>();
    List<Kept> kept = new ArrayList<>();
    int unnamed = 0;
    try {
      if (outputs == Outputs.GO) {
        TrialOutputs found = TrialOutputs.in(directory.resolveSibling("").toRealPath(), directory);
        found.sort(items, kept);
        unnamed = found.unnamed();
      }
      StateFiles files = StateFiles.in(directory);
      // Journals last: who was interrupted still knows from them what else there is.
      List<Path> own = new ArrayList<>(files.own());
      own.sort(Comparator.comparing(Cleaning::isJournal));
      for (Path file : own) {
        items.add(new Item(file, Files.size(file)));
      }
      files.foreign().forEach(file -> kept.add(new Kept(file, "it is not jobfold's")));
    } catch (IOException e) {
      throw new RefusedException(
          List.of(
              Problem.of(
                  directory.toString(), "it can not be looked through (" + Reasons.of(e) + ")")));
    }
    return new Cleaning(directory, items, kept, unnamed);
  }

  private static boolean isJournal(Path file) {
    return JournalName.epochOf(String.valueOf(file.getFileName())).isPresent();
  }

  /** What goes. */
  public List<Item> items() {
    return items;
  }

  /** What looks as if it could go, and stays. */
  public List<Kept> kept() {
    return kept;
  }

  /** How many folders have had trials whose output files no journal names any more. */
  public int unnamed() {
    return unnamed;
  }

  /** Removes it; gives what could not be removed. */
  public List<Kept> perform() {
    List<Kept> failed = new ArrayList<>();
    for (Item item : items) {
      try {
        Files.deleteIfExists(item.file());
      } catch (IOException e) {
        failed.add(new Kept(item.file(), Reasons.of(e)));
      }
    }
    removeEmpty(directory.resolve(StateFiles.INBOX));
    removeEmpty(directory.resolve("submissions"));
    try {
      Parts.files(directory.resolve(Parts.NAME)).forEach(Cleaning::removeEmpty);
    } catch (IOException e) {
      // empty directories do no harm
    }
    return failed;
  }

  /** Removes the directory itself, if nothing is left in it. The lock must have been given free. */
  public void removeDirectory() {
    removeEmpty(directory);
  }

  private static void removeEmpty(Path path) {
    try {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(path);
      }
    } catch (DirectoryNotEmptyException | NoSuchFileException e) {
      // what is left in it is not ours, or another was faster
    } catch (IOException e) {
      // an empty directory does no harm
    }
  }
}
