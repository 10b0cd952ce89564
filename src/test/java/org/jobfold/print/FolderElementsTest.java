package org.jobfold.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jobfold.folder.Command;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Settings;
import org.jobfold.folder.Step;
import org.jobfold.folder.SuccessCheck;
import org.junit.jupiter.api.Test;

class FolderElementsTest {
  private static final Digest ONE = new Digest(1, 2, 3, 4);
  private static final Digest TWO = new Digest(5, 6, 7, 8);
  private static final JobFolder PLAIN = JobFolder.shell("/a", "lmp -in in.melt");

  @Test
  void theElementsAreNamedInWordsForPeople() {
    Settings settings =
        Settings.DEFAULT
            .withRanks(4)
            .withMpi()
            .withEnv(Map.of("OMP_NUM_THREADS", "1"))
            .overriddenBy(Map.of("temperature", "300"))
            .withStreams(Optional.of("in"), "out", "err")
            .withSuccess(new SuccessCheck(Set.of(1), Optional.empty()));
    Fingerprint print =
        FolderElements.asked(
            PLAIN.with(settings),
            "/tree",
            Map.of("in.melt", Optional.of(ONE), "gone", Optional.empty()),
            List.of(
                Predecessor.of(new FolderName("/relax"), TWO),
                Predecessor.unknown(new FolderName("/other"))));
    assertThat(print.marks().keySet())
        .containsExactlyInAnyOrder(
            "command",
            "ranks",
            "mpi",
            "env OMP_NUM_THREADS",
            "params temperature",
            "stdin",
            "stdout",
            "stderr",
            "success",
            "input in.melt",
            "input gone",
            "predecessor /relax");
  }

  @Test
  void eachOfTheseIsAnotherFingerprint() {
    Settings d = Settings.DEFAULT;
    List<Fingerprint> all =
        List.of(
            asked(PLAIN),
            asked(JobFolder.shell("/a", "lmp -in in.melt2")),
            asked(exec("lmp", "-in", "in.melt")),
            asked(exec("lmp", "-in in.melt")),
            asked(exec("lmp -in in.melt")),
            asked(call("Main", List.of("x"), List.of())),
            asked(call("Main", List.of(), List.of("x"))),
            asked(call("x", List.of(), List.of())),
            asked(steps(step("a", "x"), step("b", "y"))),
            asked(steps(step("b", "y"), step("a", "x"))),
            asked(steps(step("a", "x"))),
            asked(
                steps(
                    new Step(
                        "a",
                        new Functional.Program(new Command.Shell("x")),
                        Optional.of(SuccessCheck.EXIT_ZERO)))),
            asked(PLAIN.with(d.withRanks(1))),
            asked(PLAIN.with(d.withRanks(2))),
            asked(PLAIN.with(d.withMpi())),
            asked(PLAIN.with(d.withEnv(Map.of("A", "B")))),
            asked(PLAIN.with(d.withEnv(Map.of("A", "")))),
            asked(PLAIN.with(d.overriddenBy(Map.of("A", "B")))),
            asked(PLAIN.with(d.withStreams(Optional.of("x"), "stdout", "stderr"))),
            asked(PLAIN.with(d.withStreams(Optional.empty(), "x", "stderr"))),
            asked(PLAIN.with(d.withStreams(Optional.empty(), "stdout", "x"))),
            asked(PLAIN.with(d.withSuccess(check("log", Optional.empty())))),
            asked(PLAIN.with(d.withSuccess(check("log", Optional.of("done"))))));
    assertThat(new HashSet<>(all)).hasSameSizeAs(all);
  }

  @Test
  void whatMakesNoDifferenceToTheResultsIsLeftOut() {
    assertThat(
            asked(PLAIN.with(Settings.DEFAULT.withTimeout(Duration.ofHours(1)).withMaxtrials(9))))
        .isEqualTo(asked(PLAIN));
    assertThat(asked(JobFolder.shell("/elsewhere", "lmp -in in.melt"))).isEqualTo(asked(PLAIN));
  }

  @Test
  void theDirectoryOfTheTreeDoesNotEnter() {
    assertThat(asked("x /old/tree/bin/y /old/tree", "/old/tree"))
        .isEqualTo(asked("x /new/bin/y /new", "/new"))
        .isNotEqualTo(asked("x bin/y ", "/new"))
        .isNotEqualTo(asked("x /old/tree/bin/y /old/tree", "/new"));
    assertThat(asked("x /old/tree2", "/old/tree")).isEqualTo(asked("x /old/tree2", "/new"));
  }

  private static Fingerprint asked(String line, String root) {
    return FolderElements.asked(JobFolder.shell("/a", line), root, Map.of(), List.of());
  }

  private static Fingerprint asked(JobFolder folder) {
    return FolderElements.asked(folder, "/tree", Map.of(), List.of());
  }

  private static SuccessCheck check(String file, Optional<String> pattern) {
    return new SuccessCheck(Set.of(0), Optional.of(new SuccessCheck.FilePattern(file, pattern)));
  }

  private static JobFolder exec(String... argv) {
    return of(new Functional.Program(new Command.Exec(List.of(argv))));
  }

  private static JobFolder call(String name, List<String> classpath, List<String> options) {
    return of(new Functional.Call(name, classpath, options));
  }

  private static JobFolder steps(Step... steps) {
    return of(new Functional.Steps(List.of(steps)));
  }

  private static Step step(String name, String line) {
    return new Step(name, new Functional.Program(new Command.Shell(line)), Optional.empty());
  }

  private static JobFolder of(Functional functional) {
    return JobFolder.of("/a", functional, Settings.DEFAULT);
  }
}
