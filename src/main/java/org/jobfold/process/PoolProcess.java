package org.jobfold.process;

import java.util.function.ToIntFunction;
import org.jobfold.folder.JobFolder;
import org.jobfold.run.Ports;
import org.jobfold.spi.FolderSource;
import org.jobfold.walk.Past;
import org.jobfold.walk.Sharing;
import org.jobfold.walk.Walk;
import org.jobfold.walk.WalkRules;

/**
 * Runs a tree of job folders, each on as many ranks as it asks for: the free ranks are filled as
 * well as can be, with up to {@code nbpools} folders at a time.
 *
 * <p>A folder that asks for more ranks than there are is refused by name when the process is
 * started or updated, and nothing is changed then. The idea is pylada's {@code PoolProcess}; the
 * packing is exact and deterministic here.
 */
public final class PoolProcess extends FolderPool {
  /**
   * A process over the untagged folders of a tree.
   *
   * @param source read now
   * @param processalloc how many ranks a folder asks for, at least 1; must say the same each time
   *     it is asked
   * @throws org.jobfold.folder.RefusedException if there is anything wrong in the tree
   */
  public PoolProcess(
      FolderSource source,
      Ports ports,
      PoolOptions options,
      ToIntFunction<JobFolder> processalloc) {
    super(
        new Walk(rules(options, ports, processalloc), source.read(options.params())),
        ports,
        options.params());
  }

  /**
   * A process that goes on where earlier runs left the folders of a tree.
   *
   * @param source read now
   * @param processalloc how many ranks a folder asks for, at least 1
   * @param past what earlier runs have come to
   * @throws org.jobfold.folder.RefusedException if there is anything wrong in the tree
   */
  public PoolProcess(
      FolderSource source,
      Ports ports,
      PoolOptions options,
      ToIntFunction<JobFolder> processalloc,
      Past past) {
    super(
        new Walk(rules(options, ports, processalloc), source.read(options.params()), past),
        ports,
        options.params());
  }

  private static WalkRules rules(
      PoolOptions options, Ports ports, ToIntFunction<JobFolder> processalloc) {
    return options.rules(
        new Sharing.PerFolder(options.nbpools(), processalloc, ports.backend().coresPerRank()),
        ports);
  }
}
