package org.jobfold.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmissionsTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Submission.Job FIRST = new Submission.Job(new JobId("4711", ""), 1);
  private static final Submission.Job SECOND = new Submission.Job(new JobId("4712", "big"), 2);

  @TempDir Path state = Path.of("/");

  private static Submission begun(int number) {
    return new Submission(
        number,
        BEGIN,
        Way.SCATTERED,
        2,
        1,
        List.of(),
        Submission.Start.RESUME,
        3,
        Submission.End.OPEN,
        Optional.empty());
  }

  private static Submission whole() {
    return new Submission(
        1,
        BEGIN,
        Way.SCATTERED,
        2,
        1,
        List.of(FIRST, SECOND),
        Submission.Start.RESUME,
        3,
        Submission.End.WHOLE,
        Optional.empty());
  }

  @Test
  void isTheFileThatIsDocumented() throws IOException {
    Submissions account = new Submissions(state);
    account.begin(begun(1), "#!/bin/bash\n");
    account.submitted(1, FIRST, BEGIN.plusSeconds(1));
    account.submitted(1, SECOND, BEGIN.plusSeconds(2));
    account.ended(1, Submission.End.WHOLE, BEGIN.plusSeconds(2));
    String vector = Files.readString(Path.of("src/test/resources/submissions/1.jsonl"));
    assertThat(Files.readString(account.file(1))).isEqualTo(vector);
    assertThat(Files.readString(Path.of("docs/formats/submissions.md"))).contains(vector);
    assertThat(account.newest()).contains(whole());
  }

  @Test
  void ofOneThatWasBrokenOffItIsKnownWhatWasSubmitted() throws IOException {
    Submissions account = new Submissions(state);
    account.begin(begun(1), "");
    account.submitted(1, FIRST, BEGIN);
    Files.writeString(account.file(1), "{\"job\":\"47", StandardOpenOption.APPEND);
    assertThat(account.newest().orElseThrow().ids()).containsExactly(FIRST.id());
    assertThat(account.newest().orElseThrow().end()).isEqualTo(Submission.End.OPEN);
  }

  @Test
  void fieldsOfALaterVersionArePassedOver() throws IOException {
    Files.createDirectories(state.resolve("submissions"));
    String vector = Files.readString(Path.of("src/test/resources/submissions/1.jsonl"));
    Files.writeString(
        state.resolve("submissions/1.jsonl"),
        vector.replace("\"at\"", "\"moon\":{\"full\":true},\"at\"") + "{\"tide\":\"high\"}\n");
    assertThat(new Submissions(state).newest()).contains(whole());
  }

  @Test
  void oneThatIsWithdrawnSaysWhy() {
    Submissions account = new Submissions(state);
    account.begin(begun(1), "");
    account.submitted(1, FIRST, BEGIN);
    account.ended(1, Submission.End.WHOLE, BEGIN);
    assertThat(account.newest().orElseThrow().withdrawn()).isEmpty();
    account.withdrawn(1, "stopped by \"hand\"", BEGIN);
    assertThat(account.newest().orElseThrow().withdrawn()).contains("stopped by \"hand\"");
    assertThat(account.newest().orElseThrow().end()).isEqualTo(Submission.End.WHOLE);
    account.begin(begun(2), "");
    assertThat(account.all()).extracting(Submission::number).containsExactly(2, 1);
    assertThat(account.newest().orElseThrow().withdrawn()).isEmpty();
  }

  @Test
  void aNumberIsGivenOnce() {
    Submissions account = new Submissions(state);
    assertThat(account.next()).isOne();
    account.begin(begun(1), "");
    assertThatThrownBy(() -> account.begin(begun(1), "")).isInstanceOf(UncheckedIOException.class);
    assertThat(account.next()).isEqualTo(2);
  }

  @Test
  void fruitlessRunsAreCountedUntilOneBringsAFolderToItsEnd() {
    GoingOn now = GoingOn.BEGIN.after(3).after(3).after(3);
    assertThat(now.fruitless()).isEqualTo(2);
    assertThat(now.after(4).fruitless()).isZero();
    now.stopped("by \"hand\"").write(state);
    assertThat(GoingOn.read(state)).isEqualTo(new GoingOn(3, 2, "by \"hand\""));
  }
}
