package org.jobfold.backend.mpj;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jobfold.WorldTests;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each session must do, in the first rank of real worlds: each test of the contract is one
 * here.
 */
@Timeout(300)
class MpjSessionTest {
  private static final List<Class<?>> CONTRACTS =
      List.of(ProgramsOfAWorld.class, CallsOfAWorld.class);

  @TempDir private Path work = Path.of("/");

  @TestFactory
  Stream<DynamicTest> whereRanksAreThreads() throws IOException, InterruptedException {
    Path output = work.resolve("output");
    Process world = home().threads(2, output, program());
    return results(MpjHome.await(world, output));
  }

  @TestFactory
  Stream<DynamicTest> whereEachRankIsAJvm() throws IOException, InterruptedException {
    Path output = work.resolve("output");
    List<Process> ranks = home().processes(2, output, program());
    MpjHome.Result result = MpjHome.await(ranks.get(0), output);
    assertThat(ranks.get(1).waitFor(30, TimeUnit.SECONDS)).as("the other rank ends").isTrue();
    return results(result);
  }

  private MpjHome home() throws IOException {
    return MpjHome.in(Files.createDirectories(work.resolve("mpj")));
  }

  private List<String> program() {
    List<String> program = new ArrayList<>(List.of(WorldTests.class.getName()));
    program.add(work.resolve("results").toString());
    CONTRACTS.forEach(contract -> program.add(contract.getName()));
    return program;
  }

  /** A test for each of the contract that was run, and one that all were. */
  private Stream<DynamicTest> results(MpjHome.Result world) throws IOException {
    Path file = work.resolve("results");
    assertThat(file).as(world.output()).exists();
    List<List<String>> results = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("ok ") || line.startsWith("failed ") || line.equals("all")) {
        results.add(new ArrayList<>());
      }
      results.get(results.size() - 1).add(line);
    }
    assertThat(results).as(world.output()).endsWith(List.of("all")).hasSizeGreaterThan(15);
    return results.stream()
        .map(
            result ->
                DynamicTest.dynamicTest(
                    result.get(0).replaceFirst("^\\S+ ", ""),
                    () -> assertThat(result).first().asString().doesNotStartWith("failed")));
  }
}
