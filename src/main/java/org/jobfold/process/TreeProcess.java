package org.jobfold.process;

import org.jobfold.run.Ports;
import org.jobfold.spi.FolderSource;
import org.jobfold.walk.Past;
import org.jobfold.walk.Sharing;
import org.jobfold.walk.Walk;
import org.jobfold.walk.WalkRules;

/**
 * Runs a tree of job folders as the tree asks for it: on equal shares as {@link JobFolderProcess}
 * while no folder asks for ranks, threads or GPUs, else as {@link PoolProcess}. An update may turn
 * it from one into the other. This is what the command line runs.
 */
public final class TreeProcess extends FolderPool {
  /**
   * A process that goes on where earlier runs left the folders of a tree.
   *
   * @param source read now
   * @param share the ranks of a folder that does not ask for any beside one that does, at least 1
   * @param past what earlier runs have come to
   * @throws org.jobfold.folder.RefusedException if there is anything wrong in the tree
   */
  public TreeProcess(FolderSource source, Ports ports, PoolOptions options, int share, Past past) {
    super(
        new Walk(rules(options, ports, share), source.read(options.params()), past),
        ports,
        options.params());
  }

  private static WalkRules rules(PoolOptions options, Ports ports, int share) {
    return options.rules(
        new Sharing.AsAsked(options.nbpools(), share, ports.backend().coresPerRank()), ports);
  }
}
