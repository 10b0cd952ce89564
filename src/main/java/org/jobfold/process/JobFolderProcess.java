package org.jobfold.process;

import org.jobfold.run.Ports;
import org.jobfold.spi.FolderSource;
import org.jobfold.walk.Past;
import org.jobfold.walk.Sharing;
import org.jobfold.walk.Walk;
import org.jobfold.walk.WalkRules;

/**
 * Runs a tree of job folders on equal shares of its ranks: up to {@code nbpools} folders at a time,
 * each on a communicator of about the same size; whenever one ends, its ranks are split again for
 * the next.
 *
 * <p>The idea is pylada's {@code JobFolderProcess}.
 */
public final class JobFolderProcess extends FolderPool {
  /**
   * A process over the untagged folders of a tree.
   *
   * @param source read now
   * @throws org.jobfold.folder.RefusedException if there is anything wrong in the tree
   */
  public JobFolderProcess(FolderSource source, Ports ports, PoolOptions options) {
    super(new Walk(rules(options, ports), source.read(options.params())), ports, options.params());
  }

  /**
   * A process that goes on where earlier runs left the folders of a tree.
   *
   * @param source read now
   * @param past what earlier runs have come to
   * @throws org.jobfold.folder.RefusedException if there is anything wrong in the tree
   */
  public JobFolderProcess(FolderSource source, Ports ports, PoolOptions options, Past past) {
    super(
        new Walk(rules(options, ports), source.read(options.params()), past),
        ports,
        options.params());
  }

  private static WalkRules rules(PoolOptions options, Ports ports) {
    return options.rules(new Sharing.Equal(options.nbpools()), ports);
  }
}
