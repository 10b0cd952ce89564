package org.jobfold.process;

import java.util.Map;
import java.util.Optional;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.RefusedException;
import org.jobfold.run.Ports;
import org.jobfold.spi.FolderSource;
import org.jobfold.trial.Tally;
import org.jobfold.walk.Past;
import org.jobfold.walk.Stop;
import org.jobfold.walk.UpdateReport;
import org.jobfold.walk.Walk;

/**
 * A process that runs a tree of job folders: what {@link JobFolderProcess}, {@link PoolProcess} and
 * {@link TreeProcess} have in common.
 *
 * <p>Failures go into {@link #errors()} while the others go on; {@link Fail} is raised only at the
 * end. With the ranks kept ({@link #keepalive}), {@link #poll} and {@link #waitFor} still say that
 * all is done, and {@link #update} makes it go on.
 */
public abstract sealed class FolderPool extends EngineProcess
    permits JobFolderProcess, PoolProcess, TreeProcess {
  private final Map<String, String> params;

  FolderPool(Walk walk, Ports ports, Map<String, String> params) {
    super(walk, ports);
    this.params = params;
  }

  /** How many folders have not been started yet, or are to be tried again. */
  public final int nbjobsleft() {
    return count().waiting();
  }

  /** How many folders are in which state. */
  public final Tally tally() {
    return count();
  }

  /**
   * Says whether the ranks are kept when all folders are done, so that an update can add work.
   * {@link #terminate} and {@link #kill} give them back regardless.
   */
  public final void keepalive(Walk.Keepalive wanted) {
    hold(wanted);
  }

  /**
   * Stops before all is done; for a {@link Stop#DRAIN} the running folders end by themselves. The
   * reason is kept with each folder that is interrupted.
   */
  public final void stop(Stop how, String reason) {
    ask(how, reason);
  }

  /**
   * Says that the end of the allocation is near: nothing new is started, and running folders get
   * the warning of the deadline now, if there is one. They are ended when its time has come.
   */
  public final void endIsNear(String reason) {
    tellThatTheEndIsNear(reason);
  }

  /** How it was stopped before all was done, if it was. */
  public final Optional<Stop> stopping() {
    return stopped();
  }

  /**
   * Waits until the ranks are given back: as {@link #waitFor}, but not while the ranks are kept.
   */
  public final void waitForEnd() throws InterruptedException {
    awaitEnd();
  }

  /** Whether the ranks are given back, or it was not started. */
  public final boolean ended() {
    return hasEnded();
  }

  /**
   * Waits, after {@link #waitFor}, until there is work again because the tree was updated.
   *
   * @return false if the ranks are given back: there will be none
   */
  public final boolean waitForWork() throws InterruptedException {
    return awaitWork();
  }

  /**
   * Takes up a new version of the tree as {@link #update} does, but only while it has its ranks.
   *
   * @return empty if it has given them back; nothing is changed then
   * @throws org.jobfold.comm.MpiSizeException if folders ask for more ranks than there are; nothing
   *     is changed then
   */
  public final Optional<UpdateReport> updateWhileRunning(
      JobTree tree, Walk.DeleteOld deleteOld, Past.Failed failed) throws InterruptedException {
    return takeUpWhileRunning(tree, deleteOld, failed);
  }

  /**
   * Takes up a new version of the tree. Tagged and running folders are left alone, new ones are
   * queued, those that have not run yet are replaced, finished ones stay as they are. A process
   * that has given its ranks back goes on when it is started again.
   *
   * @param source read now, with the params of this process
   * @throws RefusedException if there is anything wrong in the tree; nothing is changed then
   * @throws org.jobfold.comm.MpiSizeException if folders ask for more ranks than there are; nothing
   *     is changed then
   */
  public final UpdateReport update(FolderSource source, Walk.DeleteOld deleteOld)
      throws InterruptedException {
    return update(source, deleteOld, Past.Failed.STAY);
  }

  /**
   * The same.
   *
   * @param failed what becomes of folders that have failed for good, and of those that they block
   */
  public final UpdateReport update(
      FolderSource source, Walk.DeleteOld deleteOld, Past.Failed failed)
      throws InterruptedException {
    return takeUp(source.read(params), deleteOld, failed);
  }
}
