package org.jobfold;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jobfold.allocation.Allocation;
import org.jobfold.backend.local.ThisHost;
import org.jobfold.backend.mpj.MpjArguments;
import org.jobfold.backend.mpj.MpjWorld;
import org.jobfold.backend.mpj.start.Turn;
import org.jobfold.cli.Allotment;
import org.jobfold.cli.CommandLineRunner;
import org.jobfold.cli.ExitCodes;
import org.jobfold.cli.Outside;
import org.jobfold.folder.Durations;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.launch.Signals;
import org.jobfold.spi.Backend;

/** The program as a rank of an MPJ Express world. */
final class MpjMain {
  private static final String BEREFT = "jobfold.mpj.grace";

  private MpjMain() {}

  /** Leads or serves; where this rank leads, ends the JVM with the exit code of the command. */
  static void run(MpjArguments world, PrintWriter out, PrintWriter err) {
    try {
      if (world.isLead()) {
        lead(world, out, err);
      } else {
        serve(world);
      }
    } catch (IOException e) {
      err.println("jobfold: the MPJ Express world has no use: " + e.getMessage());
      Main.end(ExitCodes.INCOMPLETE, out, err);
    } catch (InterruptedException e) {
      Main.end(ExitCodes.INCOMPLETE, out, err);
    } catch (RuntimeException | Error e) {
      Main.end(CommandLineRunner.bug(e, err), out, err);
    }
  }

  private static void lead(MpjArguments world, PrintWriter out, PrintWriter err)
      throws IOException, InterruptedException {
    int code;
    try (MpjWorld ranks = MpjWorld.lead(world, ThisHost.nodeName(System.getenv()))) {
      WorldSuccession succession =
          new WorldSuccession(Turn.of(System.getProperties()), ranks::isBereft);
      code =
          succession.code(
              Main.run(world.own(), out, err, new WorldBackEnds(ranks, succession, bereft())));
    }
    Main.end(code, out, err);
  }

  /**
   * How long a call of several ranks may go on when another rank was lost, as who starts the world
   * says it.
   */
  private static Duration bereft() throws IOException {
    try {
      return Durations.parse(System.getProperty(BEREFT, "30s"));
    } catch (IllegalArgumentException e) {
      throw new IOException("'" + BEREFT + "' can not be used: " + e.getMessage(), e);
    }
  }

  /**
   * A batch system warns all ranks, of which the lead alone decides what ends, and when: the others
   * go on until it lets them go, or is not heard of any more.
   */
  static void serve(MpjArguments world) throws IOException, InterruptedException {
    if (world.device() == MpjArguments.Device.NETWORK) {
      Signals.handle(number -> {});
    }
    MpjWorld.serve(world, ThisHost.nodeName(System.getenv()));
    if (world.device() == MpjArguments.Device.NETWORK) {
      // MPJ Express's own threads would go on.
      Runtime.getRuntime().halt(ExitCodes.SUCCEEDED);
    }
  }

  /** The ranks of the world, whatever else there is. */
  record WorldBackEnds(MpjWorld world, WorldSuccession succession, Duration bereft)
      implements Outside.Backends {
    @Override
    public Backend open(Outside.Request request) {
      refuseOthers(request.allotment());
      return world.backend(
          request.root(),
          bereft,
          BackEnds.withGpus(world.allocation(), request),
          ranks -> new BackEnds().programs(request, ranks, world.agents()));
    }

    @Override
    public boolean hasOwnRanks() {
      return true;
    }

    @Override
    public Optional<Instant> end(Allocation allocation) {
      return new BackEnds().end(allocation);
    }

    private void refuseOthers(Allotment allotment) {
      int size = world.allocation().size();
      if (allotment instanceof Allotment.Local local
          && local.ranks().isPresent()
          // Of a world that follows, the first one had as many: hosts are lost since.
          && succession.began().isEmpty()
          && local.ranks().getAsInt() != size) {
        throw new RefusedException(
            List.of(
                Problem.of(
                    "--ranks",
                    "is "
                        + local.ranks().getAsInt()
                        + ", and the MPJ Express world has "
                        + size
                        + " ranks: leave it out, or start a world of another size")));
      }
      if (allotment instanceof Allotment.Hosts) {
        throw new RefusedException(
            List.of(
                Problem.of(
                    "--hosts",
                    "the MPJ Express world has hosts of its own: leave it out, or name them to"
                        + " what starts the world")));
      }
    }
  }
}
