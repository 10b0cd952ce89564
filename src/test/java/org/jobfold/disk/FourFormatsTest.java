package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jobfold.folder.Backoff;
import org.jobfold.folder.Change;
import org.jobfold.folder.Command;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Retry;
import org.jobfold.folder.Retry.Kind;
import org.jobfold.folder.Settings;
import org.jobfold.folder.Step;
import org.jobfold.folder.SuccessCheck;
import org.jobfold.folder.SuccessCheck.FilePattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of docs/formats/folder-file.md: all four formats say the same. */
class FourFormatsTest {
  private static final JobFolder PROGRAM =
      JobFolder.of(
              "/a5.43",
              new Functional.Program(new Command.Shell("sh in.sh \"5.430\"")),
              Settings.DEFAULT
                  .edit()
                  .ranks(4)
                  .threads(2)
                  .gpus(1)
                  .mpi(true)
                  .maxtrials(3)
                  .timeout(Duration.ofMinutes(90))
                  .env(Map.of("OMP_NUM_THREADS", "1"))
                  .params(
                      Map.of(
                          "temperature", "5.430",
                          "cutoff", "0.0001",
                          "code", "007",
                          "restart", "yes",
                          "cell.a", "1.0",
                          "cell.b", "2"))
                  .stdin("in.melt")
                  .stdout("out.a5.43")
                  .stderr("errors")
                  .success(
                      new SuccessCheck(
                          Set.of(0, 3),
                          Optional.of(
                              new FilePattern("log.lammps", Optional.of("Total wall time: \\d+")))))
                  .retry(
                      new Retry(
                          Optional.of(
                              new Backoff(Duration.ofSeconds(10), 1.5, Duration.ofMinutes(5))),
                          Map.of(
                              Kind.EXIT, new Change(1, OptionalInt.of(8)),
                              Kind.SIGNAL, Change.NONE,
                              Kind.TIMEOUT, new Change(2, OptionalInt.empty())),
                          Set.of(137, 139),
                          5,
                          OptionalInt.of(10)))
                  .tokens(Map.of("big", 2, "licence", 1))
                  .priority(10)
                  .inputs(List.of("in.*", "../potential"))
                  .outputs(List.of("*.log"))
                  .build())
          .dependingOn(Dependency.on("../relax"), Dependency.afterAny("/ref/*"));

  private static final JobFolder STEPS =
      new JobFolder(
          new FolderName("/a5.43"),
          new Functional.Steps(
              List.of(
                  new Step(
                      "relax",
                      new Functional.Program(new Command.Exec(List.of("sh", "in.sh", "a b"))),
                      Optional.of(
                          new SuccessCheck(
                              Set.of(0),
                              Optional.of(new FilePattern("CONTCAR", Optional.empty()))))),
                  new Step(
                      "static",
                      new Functional.Call(
                          "my.Static", List.of("lib/a.jar", "classes"), List.of("-Xmx1g")),
                      Optional.empty()))),
          Settings.DEFAULT,
          true);

  private final Path root;

  FourFormatsTest(@TempDir Path root) {
    this.root = root;
  }

  @ParameterizedTest
  @ValueSource(strings = {"job.yaml", "job.properties", "job.json", "job.xml"})
  void aProgramWithAllItsSettings(String file) throws IOException {
    DiskTree tree =
        DiskTree.in(root)
            .file("a5.43/" + file, example("program", file))
            .file("a5.43/in.melt", "")
            .script("relax/run")
            .script("ref/a/run");

    assertThat(tree.folder("/a5.43")).isEqualTo(PROGRAM);
    assertThat(documentation()).contains(example("program", file).strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"job.yaml", "job.properties", "job.json", "job.xml"})
  void steps(String file) throws IOException {
    DiskTree tree = DiskTree.in(root).file("a5.43/" + file, example("steps", file));

    assertThat(tree.folder("/a5.43")).isEqualTo(STEPS);
    assertThat(documentation()).contains(example("steps", file).strip());
  }

  private static String documentation() throws IOException {
    return Files.readString(Path.of("docs/formats/folder-file.md"));
  }

  private static String example(String kind, String file) throws IOException {
    try (InputStream in =
        FourFormatsTest.class.getResourceAsStream("four-formats/" + kind + "/" + file)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
