package org.jobfold.backend.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jobfold.folder.FolderName;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeavingTest {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final TrialId A = new TrialId(new FolderName("/a"), 1, 0);
  private static final TrialId B = new TrialId(new FolderName("/b"), 1, 0);

  private final Leaving leaving = new Leaving();

  private static SessionEvent.Ended failed(TrialId id) {
    return ended(id, Outcome.failed(new Cause.Signal(15)));
  }

  private static SessionEvent.Ended ended(TrialId id, Outcome outcome) {
    return new SessionEvent.Ended(id, outcome, Usage.none(Instant.EPOCH), "", "", "", List.of());
  }

  @Test
  void anAgentThatServesTellsAll() {
    assertThat(leaving.launches(A)).isTrue();
    assertThat(leaving.tells(new SessionEvent.Started(A, 1))).isTrue();
    assertThat(leaving.tells(failed(A))).isTrue();
  }

  @Test
  void whereNothingRunsNothingIsWaitedFor() throws InterruptedException {
    leaving.begin();
    assertThat(leaving.launches(A)).isFalse();
    leaving.awaitEnd(NEVER);
  }

  @Test
  void aFailureThatNobodyAskedForIsKeptBackUntilTheLeadAsks() throws InterruptedException {
    leaving.launches(A);
    leaving.launches(B);
    leaving.begin();
    assertThat(leaving.tells(failed(A))).isFalse();
    assertThat(leaving.tells(ended(B, Outcome.success()))).as("a success is one").isTrue();
    assertThat(leaving.ends(A)).contains(failed(A));
    leaving.awaitEnd(NEVER);
  }

  @Test
  void whatTheLeadHasAskedForIsToldAndWaitedFor() throws InterruptedException {
    leaving.launches(A);
    leaving.ends(A);
    leaving.begin();
    Thread end = new Thread(() -> assertThat(leaving.tells(failed(A))).isTrue());
    end.start();
    leaving.awaitEnd(NEVER);
    end.join();
  }

  @Test
  void ifTheLeadDoesNotAskNothingIsToldAnyMore() throws InterruptedException {
    leaving.launches(A);
    leaving.launches(B);
    leaving.ends(A);
    leaving.begin();
    leaving.awaitEnd(Duration.ofMillis(10));
    assertThat(leaving.tells(failed(A))).isFalse();
    assertThat(leaving.tells(new SessionEvent.Started(B, 1))).isFalse();
  }
}
