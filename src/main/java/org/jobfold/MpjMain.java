package org.jobfold;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jobfold.backend.local.LocalBackend;
import org.jobfold.backend.mpj.MpjArguments;
import org.jobfold.backend.mpj.MpjWorld;
import org.jobfold.cli.CommandLineRunner;
import org.jobfold.cli.ExitCodes;
import org.jobfold.comm.Placement;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.spi.Backend;

/** The program as a rank of an MPJ Express world. */
final class MpjMain {
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
    try (MpjWorld ranks = MpjWorld.lead(world, LocalBackend.hostName())) {
      code =
          Main.run(
              world.own(),
              out,
              err,
              (root, count, line, hidden) -> backend(ranks, root, count, line, hidden));
    }
    Main.end(code, out, err);
  }

  private static void serve(MpjArguments world) throws IOException, InterruptedException {
    MpjWorld.serve(world, LocalBackend.hostName());
    if (world.device() == MpjArguments.Device.NETWORK) {
      // MPJ Express's own threads would go on.
      Runtime.getRuntime().halt(ExitCodes.SUCCEEDED);
    }
  }

  private static Backend backend(
      MpjWorld world,
      Path root,
      OptionalInt ranks,
      Optional<String> mpiLauncher,
      Set<String> hidden) {
    int size = world.allocation().size();
    if (ranks.isPresent() && ranks.getAsInt() != size) {
      throw new RefusedException(
          List.of(
              Problem.of(
                  "--ranks",
                  "is "
                      + ranks.getAsInt()
                      + ", and the MPJ Express world has "
                      + size
                      + " ranks: leave it out, or start a world of another size")));
    }
    return world.backend(root, allocation -> programs(allocation, root, mpiLauncher, hidden));
  }

  /** What starts programs. */
  private static Backend programs(
      Placement allocation, Path root, Optional<String> mpiLauncher, Set<String> hidden) {
    return Jobfold.backend(root, OptionalInt.of(allocation.size()), mpiLauncher, hidden);
  }
}
