package org.jobfold.backend.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.spi.Backend;
import org.jobfold.spi.EarlierProcess;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionEvent;

/**
 * A back end of one host for a tree whose last run had others, and died: before it sweeps, it waits
 * until the agents of that run must have ended what they ran.
 */
public final class DeadLead implements Backend {
  private final Path root;
  private final Backend backend;
  private final Duration fence;

  private DeadLead(Path root, Backend backend, Duration fence) {
    this.root = root;
    this.backend = backend;
    this.fence = fence;
  }

  /** The back end itself where no run with other hosts has died. */
  public static Backend before(Path root, Backend backend) {
    return hosts(root).isEmpty()
        ? backend
        : new DeadLead(root, backend, ClusterOptions.standard().fence());
  }

  /** The hosts on which a dead run had agents. */
  static Set<Host> hosts(Path root) {
    try {
      return LeadFile.left(root);
    } catch (IOException e) {
      throw new RefusedException(
          List.of(
              Problem.of(
                  root.toString(),
                  "what the last run has left in '.jobfold' can not be read: " + e.getMessage())));
    }
  }

  @Override
  public List<String> sweep(Duration grace) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(fence.toNanos());
    List<String> lines = backend.sweep(grace);
    try {
      LeadFile.removeAll(root);
    } catch (IOException e) {
      throw new RefusedException(
          List.of(
              Problem.of(
                  root.toString(),
                  "what the last run has left in '.jobfold' can not be removed: "
                      + e.getMessage())));
    }
    return lines;
  }

  @Override
  public Placement allocation() {
    return backend.allocation();
  }

  @Override
  public int coresPerRank() {
    return backend.coresPerRank();
  }

  @Override
  public Optional<String> noRoom(Path directory) {
    return backend.noRoom(directory);
  }

  @Override
  public List<Problem> problems(JobTree tree) {
    return backend.problems(tree);
  }

  @Override
  public void await(Collection<EarlierProcess> earlier, Consumer<String> notes)
      throws InterruptedException {
    backend.await(earlier, notes);
  }

  @Override
  public Session open(Consumer<SessionEvent> events) {
    return backend.open(events);
  }
}
