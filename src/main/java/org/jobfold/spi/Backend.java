package org.jobfold.spi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.Placement;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;

/**
 * An allocation and the way to start processes on it.
 *
 * <p>An implementation MUST give the same {@link #allocation} each time it is asked while the
 * allocation does not change.
 */
public interface Backend {
  /**
   * All ranks of the allocation, and the GPUs of its hosts that are shared out. {@link
   * Communicator#world} makes a communicator of it.
   */
  Placement allocation();

  /** How many cores each rank has at least: a process with more threads takes up several ranks. */
  default int coresPerRank() {
    return 1;
  }

  /**
   * The part of the allocation that can be used, as far as is known: hosts that did not come up are
   * not in it. Before anything was asked of the hosts, all of it.
   */
  default Placement present() {
    return allocation();
  }

  /**
   * What keeps the untagged folders of a tree from being started here, all of it; empty if nothing
   * is known to.
   */
  default List<Problem> problems(JobTree tree) {
    return List.of();
  }

  /**
   * Waits until processes have ended by themselves that an earlier run on the same tree, which is
   * dead, has started, as far as they live. The caller holds the tree.
   *
   * @param earlier the processes that the run is known to have started, on whatever host
   * @param notes told, for people, what is waited for, and what can not be
   */
  default void await(Collection<EarlierProcess> earlier, Consumer<String> notes)
      throws InterruptedException {}

  /**
   * Why there is no room for files in a directory, for people. May take long, and is asked by
   * threads that have time.
   *
   * @return empty if there is room, if that is not known, or if the directory is not on the file
   *     system of the tree
   */
  default Optional<String> noRoom(Path directory) {
    return Optional.empty();
  }

  /**
   * Ends what an earlier run on the same tree, which is dead, has left running on the allocation.
   * The caller holds the tree.
   *
   * @param grace how long a process that is asked to end may take before it is forced
   * @return a line for people for each process that was ended or could not be
   */
  default List<String> sweep(Duration grace) throws InterruptedException {
    return List.of();
  }

  /**
   * Opens a session.
   *
   * @param events where the session posts what happens, from any thread; must not block
   */
  Session open(Consumer<SessionEvent> events);
}
