package org.jobfold.backend.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlurmQuestionsTest {
  private static final String SHOWN =
      "JobId=4 JobName=wrap UserId=root(0) GroupId=root(0) MCS_label=N/A Priority=4294901756 Nice=0"
          + " JobState=RUNNING Reason=None Dependency=(null) Requeue=1 Restarts=0 RunTime=00:00:01"
          + " TimeLimit=01:00:00 TimeMin=N/A SubmitTime=2026-11-21T14:00:00"
          + " EligibleTime=2026-11-21T14:00:00 StartTime=2026-11-21T14:00:01"
          + " EndTime=%s Deadline=N/A SuspendTime=None Partition=main\n";

  @Test
  void theEndIsByTheClockOfTheHost() {
    assertThat(SlurmQuestions.end(SHOWN.formatted("2026-11-21T15:00:01"), ZoneId.of("UTC+2")))
        .contains(Instant.parse("2026-11-21T13:00:01Z"));
  }

  @ParameterizedTest
  @CsvSource({"Unknown", "NONE", "N/A", "2026-11-21"})
  void anEndThatIsNoTimeIsNotKnown(String text) {
    assertThat(SlurmQuestions.end(SHOWN.formatted(text), ZoneId.of("UTC"))).isEmpty();
  }

  @Test
  void anErrorHasNoEnd() {
    assertThat(
            SlurmQuestions.end("slurm_load_jobs error: Invalid job id specified", ZoneId.of("UTC")))
        .isEmpty();
  }

  @Test
  void interfacesOfAllTimes() {
    assertThat(
            SlurmQuestions.mpiTypes(
                """
                MPI plugin types are...
                	pmix
                	none
                	cray_shasta
                	pmi2
                specific pmix plugin versions available: pmix_v4
                """))
        .containsExactly("cray_shasta", "none", "pmi2", "pmix");
    assertThat(
            SlurmQuestions.mpiTypes(
                """
                srun: MPI types are...
                srun: pmi2
                srun: none
                srun: openmpi
                srun: pmix_v3
                srun: pmix
                """))
        .containsExactly("none", "openmpi", "pmi2", "pmix", "pmix_v3");
  }

  @ParameterizedTest
  @CsvSource({
    "mpirun (Open MPI) 4.1.4, pmix pmi2 none, pmix",
    "mpirun (Open MPI) 4.1.4, pmi2 none, pmi2",
    "HYDRA build details:, pmix pmi2 none, pmi2",
    "Intel(R) MPI Library for Linux* OS, pmix pmi2, pmi2",
    "'', pmix none, pmix",
    "mpirun (Open MPI) 5.0, none, -",
  })
  void theInterfaceOfALibrary(String version, String types, String type) {
    assertThat(SlurmQuestions.mpiType(version, Set.of(types.split(" "))).orElse("-"))
        .isEqualTo(type);
  }

  @Test
  void agentsTakeNothingFromOtherSteps() {
    assertThat(
            SlurmQuestions.agents(
                Stream.of("n2", "n3").map(Host::new).toList(), List.of("java", "Agent")))
        .containsExactly(
            "srun",
            "--overlap",
            "--mem=0",
            "--cpu-bind=none",
            "--export=ALL",
            "--nodes=2",
            "--ntasks=2",
            "--ntasks-per-node=1",
            "--cpus-per-task=1",
            "--nodelist=n2,n3",
            "--kill-on-bad-exit=0",
            "--no-kill",
            "--mpi=none",
            "--input=all",
            "--job-name=jobfold-agents",
            "--quiet",
            "java",
            "Agent");
  }

  @Test
  void programsAreWhereTheMachineFileSays() {
    Placement placement =
        new Placement(
            List.of(
                new Placement.Share(new Host("n1"), List.of(0)),
                new Placement.Share(new Host("n2"), List.of(1, 2))));
    assertThat(
            String.join(" ", SlurmQuestions.launch("pmix").argv(placement, 1, "/m", List.of("x"))))
        .isEqualTo(
            "srun --overlap --mem=0 --cpu-bind=none --export=ALL --nodes=2 --ntasks=3"
                + " --cpus-per-task=1 --distribution=arbitrary --nodelist=/m --kill-on-bad-exit=1"
                + " --mpi=pmix x");
  }
}
