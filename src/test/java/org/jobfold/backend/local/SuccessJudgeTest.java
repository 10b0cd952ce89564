package org.jobfold.backend.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jobfold.folder.SuccessCheck;
import org.jobfold.folder.SuccessCheck.FilePattern;
import org.jobfold.launch.Exit;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuccessJudgeTest {
  private static final Exit GOOD = code(0);

  @Test
  void exitCodes(@TempDir Path folder) {
    SuccessCheck zeroOrTwo = new SuccessCheck(Set.of(0, 2), Optional.empty());
    SuccessCheck any = new SuccessCheck(Set.of(), Optional.empty());
    assertThat(judge(folder, zeroOrTwo).judge(code(2))).isEqualTo(Outcome.success());
    assertThat(judge(folder, zeroOrTwo).judge(code(1)))
        .isEqualTo(Outcome.failed(new Cause.ExitCode(1)));
    assertThat(judge(folder, any).judge(code(77))).isEqualTo(Outcome.success());
  }

  @Test
  void aSignalIsNeverASuccess(@TempDir Path folder) {
    SuccessCheck any = new SuccessCheck(Set.of(), Optional.empty());
    assertThat(judge(folder, any).judge(new Exit(0, 11, Usage.none(Instant.EPOCH))))
        .isEqualTo(Outcome.failed(new Cause.Signal(11)));
  }

  @Test
  void aFileOfAnEarlierTrialDoesNotCount(@TempDir Path folder) throws IOException {
    Path log = Files.writeString(folder.resolve("log"), "Total wall time");
    SuccessJudge judge = judge(folder, pattern("log", "Total"));
    assertThat(judge.judge(GOOD)).isEqualTo(failed("file 'log' was not written by this trial"));
    Files.writeString(log, "Total wall time");
    assertThat(judge.judge(GOOD)).isEqualTo(Outcome.success());
  }

  @Test
  void aFileThatWasWrittenAMomentAgoDoesNotCountEither(@TempDir Path folder) throws IOException {
    for (int i = 0; i < 10; i++) {
      Files.writeString(folder.resolve("log"), "same");
      SuccessJudge judge = judge(folder, pattern("log", "same"));
      assertThat(judge.judge(GOOD).succeeded()).isFalse();
      Files.writeString(folder.resolve("log"), "same");
      assertThat(judge.judge(GOOD).succeeded()).isTrue();
    }
  }

  @Test
  void aFileThatTookAnothersPlaceCounts(@TempDir Path folder) throws IOException {
    Path log = Files.writeString(folder.resolve("log"), "done");
    SuccessJudge judge = judge(folder, pattern("log", "done"));
    Path other = Files.writeString(folder.resolve("other"), "done");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(log));
    Files.delete(log);
    Files.move(other, log);
    assertThat(judge.judge(GOOD)).isEqualTo(Outcome.success());
  }

  @Test
  void saysWhatIsMissing(@TempDir Path folder) throws IOException {
    assertThat(judge(folder, pattern("log", "x")).judge(GOOD))
        .isEqualTo(failed("file 'log' is not there"));
    SuccessJudge judge = judge(folder, pattern("log", "a+b$"));
    Files.writeString(folder.resolve("log"), "aab \nb\n");
    assertThat(judge.judge(GOOD)).isEqualTo(failed("file 'log' has no line that matches 'a+b$'"));
    Files.createDirectory(folder.resolve("dir"));
    assertThat(judge(folder.resolve("."), pattern("log/", "x")).judge(GOOD).succeeded()).isFalse();
    SuccessJudge ofDirectory = judge(folder, pattern("made", "x"));
    Files.createDirectory(folder.resolve("made"));
    assertThat(ofDirectory.judge(GOOD)).isEqualTo(failed("file 'made' is no regular file"));
  }

  @Test
  void withoutAPatternTheFileNeedOnlyBeWritten(@TempDir Path folder) throws IOException {
    SuccessCheck check =
        new SuccessCheck(Set.of(0), Optional.of(new FilePattern("out/x", Optional.empty())));
    SuccessJudge judge = judge(folder, check);
    assertThat(judge.judge(GOOD).succeeded()).isFalse();
    Files.createDirectory(folder.resolve("out"));
    Files.createFile(folder.resolve("out/x"));
    assertThat(judge.judge(GOOD)).isEqualTo(Outcome.success());
  }

  @Test
  void itsOwnOutputIsAlwaysNew(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("stdout"), "JOB DONE");
    assertThat(judge(folder, pattern("./stdout", "JOB DONE")).judge(GOOD))
        .isEqualTo(Outcome.success());
  }

  @Test
  void aPatternThatGoesTooDeepIsAFailure(@TempDir Path folder) throws IOException {
    SuccessJudge judge = judge(folder, pattern("log", "(a|b)*c"));
    Files.writeString(folder.resolve("log"), "ab".repeat(200_000));
    assertThat(judge.judge(GOOD).cause().orElseThrow().text()).contains("goes too deep");
  }

  private static SuccessJudge judge(Path folder, SuccessCheck check) {
    return SuccessJudge.before(check, new Streams(folder, Optional.empty(), "stdout", "stderr"));
  }

  private static SuccessCheck pattern(String file, String pattern) {
    return new SuccessCheck(Set.of(0), Optional.of(new FilePattern(file, Optional.of(pattern))));
  }

  private static Outcome failed(String reason) {
    return Outcome.failed(new Cause.SuccessCheck(reason));
  }

  private static Exit code(int code) {
    return new Exit(code, 0, Usage.none(Instant.EPOCH));
  }
}
