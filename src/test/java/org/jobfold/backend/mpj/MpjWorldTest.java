package org.jobfold.backend.mpj;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs in real worlds of MPJ Express: ranks that are threads, and ranks that are a JVM each. */
@Timeout(300)
class MpjWorldTest {
  private static final Path PI = Path.of("examples/07-pi-mpi/Pi.java");

  private static final String HANG =
      """
      import mpi.*;
      import org.jobfold.call.*;
      public final class Hang implements MpiCall {
        @Override
        public void call(MpiContext context, Intracomm ranks) throws Exception {
          String way = context.call().text("way");
          context.out().println("begun on " + ranks.Rank());
          if (way.equals("one fails")) {
            if (ranks.Rank() == 1) throw new IllegalStateException("told to fail");
            ranks.Barrier();
          } else if (way.equals("in MPI")) {
            ranks.Recv(new int[1], 0, 1, MPI.INT, ranks.Rank(), 1);
          } else {
            while (way.equals("never") || !context.isEnding()) Thread.onSpinWait();
          }
        }
      }
      """;

  @TempDir static Path shared = Path.of("/");
  private static MpjHome mpj;
  private static Path classes;

  @TempDir private Path work = Path.of("/");
  private Path tree;
  private Path output;

  @BeforeAll
  static void layOut() throws IOException {
    mpj = MpjHome.in(Files.createDirectories(shared.resolve("mpj")));
    classes = Files.createDirectories(shared.resolve("classes"));
    Path hang = Files.writeString(shared.resolve("Hang.java"), HANG);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      boolean fine =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of(
                      "-d",
                      classes.toString(),
                      "-cp",
                      mpj.jar() + java.io.File.pathSeparator + "target/classes"),
                  null,
                  files.getJavaFileObjects(PI, hang))
              .call();
      assertThat(fine).as(said.toString()).isTrue();
    }
  }

  @BeforeEach
  void plant() throws IOException {
    tree = Files.createDirectories(work.resolve("tree"));
    output = work.resolve("output");
    Files.writeString(tree.resolve("job.yaml"), "mpi: true\n");
  }

  private void folder(String name, String className, String more) throws IOException {
    Path folder = Files.createDirectories(tree.resolve(name));
    Files.writeString(
        folder.resolve("job.yaml"),
        "call: {class: %s, classpath: %s}%n%s%n".formatted(className, classes, more));
  }

  private List<String> jobfold(String... arguments) {
    List<String> words = new ArrayList<>(List.of("org.jobfold.Main"));
    words.addAll(List.of(arguments));
    return words;
  }

  private String threads(int size, String... arguments) throws IOException, InterruptedException {
    return MpjHome.await(mpj.threads(size, output, jobfold(arguments)), output).output();
  }

  private MpjHome.Result processes(int size, String... arguments)
      throws IOException, InterruptedException {
    List<Process> ranks = mpj.processes(size, output, jobfold(arguments));
    MpjHome.Result result = MpjHome.await(ranks.get(0), output);
    for (Process rank : ranks) {
      assertThat(rank.waitFor(30, TimeUnit.SECONDS)).as("each rank ends").isTrue();
    }
    return result;
  }

  /** Eight folders that compute, and one that fails when it has. */
  private void plantEightAndOne() throws IOException {
    for (int i = 0; i < 8; i++) {
      folder("this/" + i, "Pi", "params: {order: 4}");
    }
    folder("666", "Pi", "params: {order: 4, fail: at the end}");
  }

  /** All are right, and had half of the ranks; but the last one, if it came to be alone, all. */
  private void assertResults(int size) throws IOException {
    String half = "pi to order 4: 3.146801\nranks: " + size / 2 + "\n";
    String all = "pi to order 4: 3.146801\nranks: " + size + "\n";
    for (int i = 0; i < 8; i++) {
      assertThat(Files.readString(tree.resolve("this/" + i + "/stdout")))
          .isIn(half, i == 7 ? all : half);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 32})
  void eightSucceedAndTheOneIsTheErrorUntilItIsMended(int size)
      throws IOException, InterruptedException {
    plantEightAndOne();
    String said = threads(size, "run", tree.toString(), "--nbpools", "2");
    assertThat(said)
        .contains("9 folders: 8 succeeded, 1 failed")
        .contains("told to fail at the end");
    assertResults(size);

    folder("666", "Pi", "params: {order: 4}");
    said = threads(size, "resume", tree.toString(), "--retry-failed");
    assertThat(said).contains("0 failed");
    assertThat(tree.resolve("666/stdout")).content().contains("3.146801", "ranks: " + size);
  }

  @Test
  void theSameWithAJvmForEachRank() throws IOException, InterruptedException {
    plantEightAndOne();
    MpjHome.Result result = processes(4, "run", tree.toString(), "--nbpools", "2");
    assertThat(result.output()).contains("9 folders: 8 succeeded, 1 failed");
    assertThat(result.code()).isEqualTo(1);
    assertResults(4);
  }

  @Test
  void whoHangsInMpiIsInterruptedAndItsRanksAreUsedAgain()
      throws IOException, InterruptedException {
    folder("a", "Hang", "params: {way: in MPI}\nranks: 4\ntimeout: 1s");
    folder("b", "Hang", "params: {way: one fails}\nranks: 4");
    folder("c", "Hang", "params: {way: asks}\nranks: 4\ntimeout: 1s");
    folder("d", "Pi", "params: {order: 4}\nranks: 4");
    String said = threads(4, "run", tree.toString());
    assertThat(said)
        .contains("/a: timeout after 1s")
        .contains("/b: exception: the call threw java.lang.IllegalStateException: told to fail")
        .contains("/c: timeout after 1s")
        .contains("4 folders: 1 succeeded, 3 failed");
    assertThat(tree.resolve("b/stderr")).content().contains("rank 1: java.lang");
    assertThat(tree.resolve("a/stdout")).content().contains("begun on 0", "[rank 3] begun on 3");
  }

  @Test
  void aProgramRunsBesideCalls() throws IOException, InterruptedException {
    folder("call", "Pi", "params: {order: 4}");
    Path program = Files.createDirectories(tree.resolve("program"));
    Files.writeString(program.resolve("job.yaml"), "command: echo $JOBFOLD_RANKS\nmpi: false\n");
    assertThat(threads(4, "run", tree.toString())).contains("2 folders: 2 succeeded");
    assertThat(program.resolve("stdout")).hasContent("2");
  }

  @Test
  void whatIsNoRunEndsTheWorldAtOnce() throws IOException, InterruptedException {
    assertThat(threads(2, "--help")).contains("jobfold run TREE");
    assertThat(threads(2, "run")).contains("TREE is missing");
    assertThat(processes(2, "--version").output()).startsWith("jobfold ");
    assertThat(processes(2, "run").code()).isEqualTo(2);
    assertThat(processes(2, "run", tree.toString(), "--ranks", "7").output())
        .contains("the MPJ Express world has 2 ranks");
  }

  @Test
  void noRankIsInTwoCommunicatorsOfOneContext() throws IOException, InterruptedException {
    String program = ContextsProgram.class.getName();
    assertThat(MpjHome.await(mpj.threads(4, output, List.of(program, "taken-up")), output).output())
        .contains("twice: 0\n");
    assertThat(MpjHome.await(mpj.threads(4, output, List.of(program, "plain")), output).output())
        .as("if MPJ Express does it by itself, 'Communicators' need not")
        .contains("twice: ")
        .doesNotContain("twice: 0\n");
  }

  @Test
  void aThreadThatCanNotBeEndedLosesItsRankAndNothingElse()
      throws IOException, InterruptedException {
    folder("a", "Hang", "params: {way: never}\nranks: 1\ntimeout: 1s\nmaxtrials: 1");
    folder("b", "Pi", "params: {order: 4}\nranks: 2");
    String said = threads(4, "run", tree.toString(), "--grace", "1s");
    assertThat(said).contains("/a: timeout after 1s").contains("2 folders: 1 succeeded, 1 failed");
  }

  @Test
  void whereTheFirstRankDiesAllEnd() throws IOException, InterruptedException {
    folder("a", "Hang", "params: {way: in MPI}");
    List<Process> ranks = mpj.processes(3, output, jobfold("run", tree.toString()));
    Path begun = tree.resolve("a/stdout");
    for (int i = 0; i < 600 && !(Files.exists(begun) && Files.size(begun) > 0); i++) {
      assertThat(ranks.get(0).waitFor(100, TimeUnit.MILLISECONDS)).isFalse();
    }
    ranks.get(0).destroyForcibly();
    for (Process rank : ranks) {
      assertThat(rank.waitFor(30, TimeUnit.SECONDS)).as("each rank ends").isTrue();
    }
  }
}
