package org.jobfold;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jobfold.allocation.BatchSystem;
import org.jobfold.cli.Allotment;
import org.jobfold.cli.Gpus;
import org.jobfold.cli.Outside;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.Placement;
import org.jobfold.disk.ScanOptions;
import org.jobfold.disk.TreeScanner;
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
    return open(root, new Allotment.Local(OptionalInt.empty()));
  }

  /**
   * This host with a number of ranks that need not be that of its cores.
   *
   * @param root the directory of the tree; folder {@code /a/b} is in {@code a/b} below it
   * @param ranks how many ranks, at least 1
   */
  public static Backend local(Path root, int ranks) {
    return open(root, new Allotment.Local(OptionalInt.of(ranks)));
  }

  /**
   * A communicator of all ranks of an allocation. Make one of each allocation: ranks of two do not
   * know each other.
   */
  public static Communicator world(Backend backend) {
    return Communicator.world(backend.allocation());
  }

  /**
   * Several hosts that see one tree, each with so many ranks; agents come to them by {@code ssh},
   * which must ask nothing.
   *
   * @param root the directory of the tree on all hosts; folder {@code /a/b} is in {@code a/b} below
   *     it
   * @param ranks the ranks of each host; this host may be one of them
   */
  public static Backend hosts(Path root, Placement ranks) {
    return open(
        root,
        new Allotment.Hosts(
            ranks,
            new Allotment.Start(
                BatchSystem.LOCAL,
                Optional.empty(),
                Duration.ofMinutes(1),
                Allotment.Wanted.ANY,
                Optional.empty())));
  }

  private static Backend open(Path root, Allotment allotment) {
    return new BackEnds()
        .open(new Outside.Request(root, allotment, Gpus.NONE, Optional.empty(), Set.of()));
  }
}
