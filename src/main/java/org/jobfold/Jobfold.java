package org.jobfold;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jobfold.backend.local.LocalBackend;
import org.jobfold.backend.local.LocalOptions;
import org.jobfold.backend.local.MpiLine;
import org.jobfold.comm.Communicator;
import org.jobfold.disk.ScanOptions;
import org.jobfold.disk.TreeScanner;
import org.jobfold.launch.LauncherSettings;
import org.jobfold.spi.Backend;
import org.jobfold.spi.FolderSource;

/**
 * Where a Java program that embeds jobfold begins: a tree, an allocation, and its ranks. The
 * processes that run folders on them are in {@code org.jobfold.process}.
 *
 * <pre>{@code
 * Backend cores = Jobfold.local(root);
 * FolderPool pool = new JobFolderProcess(Jobfold.tree(root), Ports.of(cores), PoolOptions.DEFAULT.withNbpools(2));
 * pool.start(Jobfold.world(cores));
 * pool.waitFor();
 * }</pre>
 */
public final class Jobfold {
  private Jobfold() {}

  /** The tree of job folders in a directory, read from its files each time it is asked for. */
  public static FolderSource tree(Path root) {
    return new TreeScanner(root, ScanOptions.standard());
  }

  /**
   * The cores that this program may use, as an allocation.
   *
   * @param root the directory of the tree; folder {@code /a/b} is in {@code a/b} below it
   */
  public static Backend local(Path root) {
    return backend(root, OptionalInt.empty(), Optional.empty(), Set.of());
  }

  /**
   * This host with a number of ranks that need not be that of its cores.
   *
   * @param root the directory of the tree; folder {@code /a/b} is in {@code a/b} below it
   * @param ranks how many ranks, at least 1
   */
  public static Backend local(Path root, int ranks) {
    return backend(root, OptionalInt.of(ranks), Optional.empty(), Set.of());
  }

  /**
   * A communicator of all ranks of an allocation. Make one of each allocation: ranks of two do not
   * know each other.
   */
  public static Communicator world(Backend backend) {
    return Communicator.world(backend.allocation());
  }

  static LocalBackend backend(
      Path root, OptionalInt ranks, Optional<String> mpiLauncher, Set<String> hidden) {
    LocalOptions options =
        ranks.isPresent() ? LocalOptions.ranks(ranks.getAsInt()) : LocalOptions.allProcessors();
    options = options.withEnv(InheritedEnvironment.restored());
    if (mpiLauncher.isPresent()) {
      options = options.withMpi(MpiLine.parse(mpiLauncher.get()));
    }
    Set<String> unseen = new HashSet<>(InheritedEnvironment.hidden());
    unseen.addAll(hidden);
    LauncherSettings settings = LauncherSettings.standard().hiding(unseen);
    return new LocalBackend(root, () -> org.jobfold.launch.Launchers.best(settings), options);
  }
}
