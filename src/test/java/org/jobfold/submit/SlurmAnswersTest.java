package org.jobfold.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jobfold.submit.Commands.Ended;
import org.jobfold.submit.Commands.NotStarted;
import org.jobfold.submit.Commands.Said;
import org.jobfold.submit.Commands.TimedOut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers of Slurm mean; the texts are those of versions 20 to 24. */
class SlurmAnswersTest {
  private static final List<JobId> JOBS = List.of(new JobId("17", ""), new JobId("18", ""));

  private final List<List<String>> asked = new ArrayList<>();

  private Slurm answering(Said said) {
    return new Slurm(
        (words, limit) -> {
          asked.add(words);
          return said;
        });
  }

  private static Ended text(String out) {
    return new Ended(0, out, "");
  }

  private QueueStanding standing(Said said) {
    return QueueStanding.of(JOBS, answering(said).look(JOBS));
  }

  @Test
  void sbatchNamesTheJob() {
    assertThat(answering(text("4711\n")).submit(List.of("sbatch")))
        .isEqualTo(new Slurm.Submitted.Accepted(new JobId("4711", "")));
    assertThat(answering(text("4711;big\n")).submit(List.of("sbatch")))
        .isEqualTo(new Slurm.Submitted.Accepted(new JobId("4711", "big")));
    assertThat(answering(text("Welcome to our site\n4711\n")).submit(List.of("sbatch")))
        .isEqualTo(new Slurm.Submitted.Accepted(new JobId("4711", "")));
  }

  @Test
  void sbatchThatFailsOrNamesNoJobHasSubmittedNothing() {
    Said refused =
        new Ended(1, "", "sbatch: error: Batch job submission failed: Invalid qos specification\n");
    assertThat(answering(refused).submit(List.of("sbatch")))
        .isEqualTo(
            new Slurm.Submitted.Refused(
                "sbatch: error: Batch job submission failed: Invalid qos specification"));
    assertThat(answering(text("")).submit(List.of("sbatch")))
        .isInstanceOf(Slurm.Submitted.Refused.class);
    assertThat(answering(new TimedOut(Duration.ofSeconds(60))).submit(List.of("sbatch")))
        .isEqualTo(new Slurm.Submitted.Refused("no answer within 60s"));
  }

  @Test
  void aQueueIsReadWhateverIsInIt() {
    QueueStanding standing =
        standing(
            text(
                "17_3|RUNNING|None\n17_[4-10:2,12%5]|PENDING|JobArrayTaskLimit\n18|COMPLETING|None\n"));
    assertThat(standing.running()).isEqualTo(2);
    assertThat(standing.queued()).isEqualTo(5);
    assertThat(standing.reasons())
        .containsExactlyEntriesOf(
            new java.util.TreeMap<>(java.util.Map.of("JobArrayTaskLimit", 5)));
    assertThat(standing.phase()).isEqualTo(QueueStanding.Phase.RUNNING);
    assertThat(asked)
        .containsExactly(
            List.of("squeue", "--noheader", "--states=all", "--jobs=17,18", "--format=%i|%T|%r"));
  }

  @Test
  void jobsThatEndedOrAreNotThereAreOver() {
    assertThat(standing(text("17|COMPLETED|None\n")).phase()).isEqualTo(QueueStanding.Phase.OVER);
    assertThat(standing(text("17|COMPLETED|None\n")).over()).isEqualTo(2);
    assertThat(standing(text("17|TIMEOUT|TimeLimit\n18|PENDING|Resources\n")).phase())
        .isEqualTo(QueueStanding.Phase.QUEUED);
    assertThat(
            standing(new Ended(1, "", "slurm_load_jobs error: Invalid job id specified\n")).phase())
        .isEqualTo(QueueStanding.Phase.OVER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slurm_load_jobs error: Unable to contact slurm controller (connect failure)",
        "slurm_load_jobs error: Socket timed out on send/recv operation",
        "slurm_load_jobs error: Zero Bytes were transmitted or received",
        "slurm_load_jobs error: Slurm backup controller in standby mode",
        "squeue: error: resolve_ctls_from_dns_srv: res_nsearch error: Host name lookup failure"
      })
  void aFailureSaysNothing(String error) {
    QueueStanding standing = standing(new Ended(1, "", error + "\n"));
    assertThat(standing.known()).isEqualTo(QueueStanding.Known.NO);
    assertThat(standing.phase()).isEqualTo(QueueStanding.Phase.UNKNOWN);
  }

  @Test
  void noAnswerAnEmptyOneAndAnUnknownFormSayNothing() {
    assertThat(standing(text("")).phase()).isEqualTo(QueueStanding.Phase.UNKNOWN);
    assertThat(standing(text("The queue is in maintenance\n")).phase())
        .isEqualTo(QueueStanding.Phase.UNKNOWN);
    assertThat(standing(text("17|HIBERNATING|None\n")).phase())
        .isEqualTo(QueueStanding.Phase.UNKNOWN);
    assertThat(standing(new TimedOut(Duration.ofSeconds(10))).phase())
        .isEqualTo(QueueStanding.Phase.UNKNOWN);
    assertThat(standing(new NotStarted("there is no 'squeue'")).phase())
        .isEqualTo(QueueStanding.Phase.UNKNOWN);
  }

  @Test
  void thatThereIsNothingToCancelIsNoTrouble() {
    List<JobId> jobs = List.of(new JobId("17", ""), new JobId("18", ""));
    String gone = "scancel: error: Kill job error on job id 17: Invalid job id specified\n";
    assertThat(answering(text("")).cancelWaiting(jobs)).isEmpty();
    assertThat(asked.get(0)).containsExactly("scancel", "--state=PENDING", "17", "18");
    assertThat(answering(new Ended(1, "", gone)).cancelWaiting(jobs)).isEmpty();
    assertThat(answering(new Ended(1, "", "")).cancelWaiting(jobs)).isNotEmpty();
    assertThat(answering(new Ended(1, "", gone + "Access denied\n")).cancelWaiting(jobs))
        .contains("Access denied");
  }

  @Test
  void aClusterIsNamedWhereThereAreSeveral() {
    List<JobId> jobs = List.of(new JobId("17", "big"));
    assertThat(answering(text("CLUSTER: big\n17|PENDING|Priority\n")).look(jobs)).isPresent();
    assertThat(asked.get(0)).contains("--clusters=big");
  }

  @Test
  void theLimitsOfASiteAreReadFromItsConfiguration() {
    Slurm.Limits limits =
        answering(
                text(
                    "Configuration data as of 2024-01-01T00:00:00\nMaxArraySize            = 1001\nMaxDBDMsgs              = 20008\nMaxJobCount             = 10000\n"))
            .limits();
    assertThat(limits).isEqualTo(new Slurm.Limits(OptionalInt.of(1001), OptionalInt.of(10000)));
    assertThat(answering(new Ended(1, "", "connect failure")).limits())
        .isEqualTo(new Slurm.Limits(OptionalInt.empty(), OptionalInt.empty()));
  }

  @Test
  void timesAreWrittenAsSlurmDoes() {
    assertThat(SlurmTime.text(Duration.ofHours(8))).isEqualTo("08:00:00");
    assertThat(SlurmTime.text(Duration.ofMinutes(26 * 60 + 30))).isEqualTo("1-02:30:00");
    assertThat(SlurmTime.text(Duration.ofMillis(1))).isEqualTo("00:00:01");
    assertThat(SlurmTime.isOwn("90")).isTrue();
    assertThat(SlurmTime.isOwn("1-12")).isTrue();
    assertThat(SlurmTime.isOwn("8h")).isFalse();
  }
}
