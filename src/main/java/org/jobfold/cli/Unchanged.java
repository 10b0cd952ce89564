package org.jobfold.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jobfold.disk.Scan;
import org.jobfold.disk.TreeFingerprints;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.print.Declared;
import org.jobfold.run.FingerprintAdvisor;
import org.jobfold.run.Ports;
import org.jobfold.spi.Advisor;

/**
 * What keeps unchanged folders of a tree from being run again, while it is open. Where no folder
 * says what it reads it does nothing, and costs nothing.
 */
final class Unchanged implements AutoCloseable {
  private final Advisor advisor;
  private final Runnable close;

  private final Set<FolderName> names;

  private Unchanged(Advisor advisor, Runnable close, Set<FolderName> names) {
    this.advisor = advisor;
    this.close = close;
    this.names = names;
  }

  /**
   * For a tree that this process holds.
   *
   * @param forced whether a folder runs whatever is known of it
   * @param updates whether the tree may change later
   * @param notes told, for people, what is wrong
   */
  static Unchanged of(
      Path root,
      JobTree tree,
      Predicate<FolderName> forced,
      Updates updates,
      Consumer<String> notes) {
    if (count(tree) == 0 && updates == Updates.NONE) {
      return new Unchanged(Advisor.NONE, () -> {}, ConcurrentHashMap.newKeySet());
    }
    Set<FolderName> names = ConcurrentHashMap.newKeySet();
    names.addAll(names(tree));
    int threads = Math.min(4, Math.max(2, Runtime.getRuntime().availableProcessors()));
    FingerprintAdvisor advisor =
        new FingerprintAdvisor(
            TreeFingerprints.of(root, Declared::of, names::contains, notes),
            forced,
            threads,
            Ports.PATIENCE,
            notes);
    return new Unchanged(advisor, advisor::close, names);
  }

  /** Whether the tree may get folders later that say what they read. */
  enum Updates {
    /** It may, and is held for that. */
    EXPECTED,
    /** Nobody waits for that. */
    NONE
  }

  /** Those that run something. */
  static Set<FolderName> names(JobTree tree) {
    Set<FolderName> names = new HashSet<>();
    tree.folders().forEach(folder -> names.add(folder.name()));
    return names;
  }

  /** How many folders can be told to be unchanged. */
  static int count(JobTree tree) {
    return (int)
        tree.folders().stream().filter(folder -> !folder.tagged() && isChecked(folder)).count();
  }

  private static boolean isChecked(JobFolder folder) {
    return folder.settings().inputs().isPresent();
  }

  /** The tree is to be taken up anew. */
  Scan sees(Scan scan) {
    if (advisor != Advisor.NONE) {
      names.addAll(names(scan.tree()));
    }
    return scan;
  }

  Advisor advisor() {
    return advisor;
  }

  @Override
  public void close() {
    close.run();
  }
}
