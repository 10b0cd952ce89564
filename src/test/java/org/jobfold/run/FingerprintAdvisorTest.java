package org.jobfold.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Settings;
import org.jobfold.print.Check;
import org.jobfold.print.Digest;
import org.jobfold.print.Made;
import org.jobfold.print.Predecessor;
import org.jobfold.print.Reason;
import org.jobfold.spi.Advice;
import org.jobfold.spi.Fingerprints;
import org.jobfold.spi.NotWrittenException;
import org.jobfold.spi.Turn;
import org.jobfold.spi.Verdict;
import org.jobfold.trial.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the advisor asks of the fingerprints, in which order, and what it makes of the answers. */
@Timeout(60)
class FingerprintAdvisorTest {
  private static final JobFolder FOLDER =
      JobFolder.shell("/a", "true")
          .with(Settings.DEFAULT.edit().inputs(Optional.of(List.of())).build());

  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
  private Optional<RuntimeException> wrong = Optional.empty();
  private int failures;

  private final Fingerprints fingerprints =
      new Fingerprints() {
        @Override
        public Check check(JobFolder folder, List<Predecessor> predecessors) {
          calls.add("check");
          wrong.ifPresent(
              thrown -> {
                throw thrown;
              });
          return new Check.MustRun(List.of(Reason.of(Reason.Kind.NO_RECORD)));
        }

        @Override
        public void begins(FolderName folder) {
          calls.add("begins");
          if (failures-- > 0) {
            throw new NotWrittenException("no room", new IOException("no room"));
          }
        }

        @Override
        public Optional<Made> succeeded(JobFolder folder, List<Predecessor> predecessors) {
          calls.add("succeeded");
          return Optional.empty();
        }

        @Override
        public Optional<Digest> made(JobFolder folder) {
          return Optional.empty();
        }

        @Override
        public void flush() {
          calls.add("flush");
        }

        @Override
        public void close() {
          calls.add("close");
        }
      };

  @Test
  void aSuccessCountsWhenItsRecordIsHandedOver() throws Exception {
    try (FingerprintAdvisor advisor = advisor(Duration.ofMinutes(1))) {
      assertThat(before(advisor, FOLDER)).isEqualTo(new Advice.Run(FOLDER));
      assertThat(after(advisor)).isEqualTo(new Verdict.Accept());
      assertThat(calls).containsExactly("check", "begins", "succeeded", "flush");
    }
    assertThat(calls).endsWith("close");
  }

  @Test
  void aMarkThatCanNotBeWrittenIsTriedAgainBeforeTheFolderRuns() throws Exception {
    failures = 1;
    try (FingerprintAdvisor advisor = advisor(Duration.ofMinutes(1))) {
      assertThat(before(advisor, FOLDER)).isEqualTo(new Advice.Run(FOLDER));
      assertThat(calls).containsExactly("check", "begins", "begins");
      assertThat(notes).containsExactly("folder '/a' is not started yet: no room");
    }
  }

  @Test
  void afterAWhileTheFolderFails() throws Exception {
    failures = 1000;
    try (FingerprintAdvisor advisor = advisor(Duration.ZERO)) {
      assertThat(before(advisor, FOLDER))
          .isInstanceOfSatisfying(
              Advice.Fail.class, fail -> assertThat(fail.cause().text()).contains("no room"));
    }
  }

  @Test
  void whatThrowsFailsThatFolderAndIsTold() throws Exception {
    wrong = Optional.of(new IllegalStateException("a bug"));
    try (FingerprintAdvisor advisor = advisor(Duration.ZERO)) {
      assertThat(before(advisor, FOLDER)).isInstanceOf(Advice.Fail.class);
      assertThat(notes).singleElement().asString().contains("a bug");
    }
  }

  @Test
  void aFolderOfWhichNothingIsToBeKnownCostsNothing() throws Exception {
    try (FingerprintAdvisor advisor = advisor(Duration.ZERO)) {
      JobFolder plain = JobFolder.shell("/p", "true");
      assertThat(before(advisor, plain)).isEqualTo(new Advice.Run(plain));
      assertThat(calls).isEmpty();
    }
  }

  private FingerprintAdvisor advisor(Duration patience) {
    return new FingerprintAdvisor(fingerprints, name -> false, 1, patience, notes::add);
  }

  private static Advice before(FingerprintAdvisor advisor, JobFolder folder) throws Exception {
    CompletableFuture<Advice> answer = new CompletableFuture<>();
    advisor.before(new Turn(folder, List.of(), false), answer::complete);
    return answer.get(30, TimeUnit.SECONDS);
  }

  private static Verdict after(FingerprintAdvisor advisor) throws Exception {
    CompletableFuture<Verdict> answer = new CompletableFuture<>();
    advisor.after(FOLDER, Outcome.success(), answer::complete);
    return answer.get(30, TimeUnit.SECONDS);
  }
}
