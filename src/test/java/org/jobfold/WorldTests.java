package org.jobfold;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jobfold.backend.local.ThisHost;
import org.jobfold.backend.mpj.MpjArguments;
import org.jobfold.backend.mpj.MpjWorld;
import org.jobfold.backend.mpj.start.Turn;
import org.jobfold.cli.Allotment;
import org.jobfold.cli.Gpus;
import org.jobfold.cli.Outside;
import org.jobfold.spi.Backend;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * A program for the ranks of an MPJ Express world: runs classes of tests in the first rank, while
 * the others serve. The back end is made as a run makes it.
 *
 * <p>Arguments: a file for what came of them, then the names of the classes. The file gets a line
 * {@code ok NAME} or {@code failed NAME} for each test, after the latter what went wrong, and last
 * a line {@code all}.
 */
public final class WorldTests {
  private static Optional<MpjWorld> world = Optional.empty();

  private WorldTests() {}

  /** Leads or serves. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    MpjArguments rank =
        MpjArguments.of(arguments, name -> WorldTests.class.getResource("/mpi/MPI.class") != null)
            .orElseThrow();
    if (!rank.isLead()) {
      MpjMain.serve(rank);
      return;
    }
    try (MpjWorld ranks = MpjWorld.lead(rank, ThisHost.nodeName(System.getenv()))) {
      world = Optional.of(ranks);
      List<String> own = Arrays.asList(rank.own());
      run(Path.of(own.get(0)), own.subList(1, own.size()));
    }
    Runtime.getRuntime().halt(0);
  }

  /** The back end of this world for a tree, by the way of a run. */
  public static Backend backend(Path root) {
    return new MpjMain.WorldBackEnds(
            world.orElseThrow(),
            new WorldSuccession(Turn.ONLY, () -> false),
            Duration.ofSeconds(30))
        .open(
            new Outside.Request(
                root,
                new Allotment.Local(OptionalInt.empty()),
                Gpus.NONE,
                Optional.empty(),
                Set.of()));
  }

  private static void run(Path results, List<String> classes) throws IOException {
    Thread.currentThread().setContextClassLoader(WorldTests.class.getClassLoader());
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(
                    classes.stream()
                        .map(name -> selectClass(WorldTests.class.getClassLoader(), name))
                        .toList())
                .build(),
            new Recorder(results));
    append(results, "all\n");
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Writes down what came of each test, and of a class that could not even begin. */
  private record Recorder(Path results) implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      boolean isFine = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
      if (!test.isTest() && isFine) {
        return;
      }
      StringWriter text = new StringWriter();
      text.append(isFine ? "ok " : "failed ").append(test.getLegacyReportingName()).append('\n');
      result
          .getThrowable()
          .ifPresent(thrown -> thrown.printStackTrace(new PrintWriter(text, true)));
      try {
        append(results, text.toString());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
