package org.jobfold.backend.mpj;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import mpi.MPI;
import org.jobfold.backend.cluster.AgentStarter;
import org.jobfold.comm.Placement;
import org.jobfold.spi.Backend;
import org.jobfold.thread.Daemons;

/**
 * This rank in an MPJ Express world. The first one leads: it has the command line, and the other
 * ranks as an allocation. The others serve it.
 *
 * <p>It never speaks through the standard streams, and never ends the world: who leads ends it by
 * leaving.
 */
public final class MpjWorld implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final MpjLead lead;
  private volatile Optional<MpjBackend> backend = Optional.empty();

  private MpjWorld(MpjLead lead) {
    this.lead = lead;
  }

  /**
   * Joins the world as its first rank, and waits for the others.
   *
   * @param host the name of this host
   * @throws IOException if the others can not be reached
   */
  public static MpjWorld lead(MpjArguments world, String host)
      throws IOException, InterruptedException {
    MPI.Init(world.all().toArray(String[]::new));
    Ways ways = Ways.lead(world);
    RankCalls calls =
        new RankCalls(world.rank(), world.device(), ways.own(), Communicators.ofThisRank());
    Daemons.start("rank 0", () -> serve(calls, host));
    try {
      return new MpjWorld(MpjLead.await(world.size(), ways.links(), PATIENCE));
    } catch (IllegalStateException e) {
      ways.links().close();
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Joins the world as another rank, and serves until the first one leaves.
   *
   * @param host the name of this host
   * @throws IOException if the first rank can not be reached
   */
  public static void serve(MpjArguments world, String host)
      throws IOException, InterruptedException {
    MPI.Init(world.all().toArray(String[]::new));
    RankLink link = Ways.toLead(world);
    new RankCalls(world.rank(), world.device(), link, Communicators.ofThisRank()).serve(host);
  }

  private static void serve(RankCalls calls, String host) {
    try {
      calls.serve(host);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All ranks, on their hosts. */
  public Placement allocation() {
    return lead.allocation();
  }

  /**
   * Whether a rank is lost, so that ranks can not speak to one another any more; as the back end
   * knows it.
   */
  public boolean isBereft() {
    return backend.filter(MpjBackend::isBereft).isPresent();
  }

  /** Brings agents to the hosts of the ranks. */
  public AgentStarter agents() {
    return lead.agents();
  }

  /**
   * The ranks as a back end.
   *
   * @param root the directory of the tree
   * @param bereft how long a call of several ranks may go on after another rank was lost: its
   *     messages can not be relied on then
   * @param ranks its allocation, with the GPUs that are shared out
   * @param programs makes, for the same allocation, the back end that starts what is no call in the
   *     ranks
   */
  public Backend backend(
      Path root, Duration bereft, Placement ranks, Function<Placement, Backend> programs) {
    MpjBackend made =
        new MpjBackend(root, lead, ranks, programs.apply(ranks), Patience.USUAL.withBereft(bereft));
    backend = Optional.of(made);
    return made;
  }

  /** Lets the other ranks go. */
  @Override
  public void close() {
    lead.links().close();
  }
}
