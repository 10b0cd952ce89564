package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import java.nio.file.Path;
import java.util.Map;
import org.jobfold.backend.local.ThisHost;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in a job of a batch system that has given this host alone. */
class BatchJobTest {
  private Tree tree;

  @BeforeEach
  void folders(@TempDir Path directory) {
    tree = new Tree(directory).file("a/job.yaml", "command: env\n");
  }

  @Test
  void textsThatDoNotGoTogetherAreRefused() {
    InProcess ended =
        InProcess.jobfold(
            Map.of(
                "SLURM_JOB_ID", "7",
                "SLURM_JOB_NODELIST", "n[1-2]",
                "SLURM_JOB_CPUS_PER_NODE", "4"),
            "run",
            tree.root().toString());
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains("SLURM_JOB_CPUS_PER_NODE: it is for 1 hosts, and the job has 2")
        .contains("'--allocation local'");
  }

  @Test
  void aSystemThatDoesNotSpeakIsRefused() {
    assertThat(InProcess.jobfold("run", tree.root().toString(), "--allocation", "lsf").err())
        .contains("LSB_MCPU_HOSTS: it is not set: this is no job of LSF");
    assertThat(InProcess.jobfold("run", tree.root().toString(), "--allocation", "sge").err())
        .contains("'sge' is no batch system: write auto, local, slurm, pbs or lsf");
  }

  @Test
  void tasksAreRanksAndWhatLaysThemOutIsHidden() {
    Cli.Ended ended = inSlurm(jobfold("run", tree.root(), "--end", "1h")).run();
    assertThat(ended.err()).contains("1 folder on 2 ranks of ");
    assertThat(ended.err())
        .contains(
            "the job of Slurm has 2 ranks for 6 cores: '--ranks 6' makes a rank of each core, and so"
                + " does '--ntasks 6' of 'jobfold submit'\n");
    assertThat(tree.text("a/stdout"))
        .contains("OMP_NUM_THREADS=3\n")
        .contains("SLURM_JOB_ID=7\n")
        .doesNotContain("SLURM_NTASKS")
        .doesNotContain("PMIX_RANK")
        .contains("OMPI_MCA_btl=self\n");
  }

  @Test
  void coresOfATaskAreForTheThreadsOfFolders() {
    tree.folder("b", "command: 'true'", "threads: 3");
    assertThat(inSlurm(jobfold("run", tree.root(), "--end", "1h")).run().err())
        .contains("2 folders on 2 ranks of ")
        .doesNotContain("makes a rank of each core");
  }

  @Test
  void aScanRefusesWhatTheJobHasNoRoomFor() {
    tree.folder("a", "command: 'true'", "ranks: 3");
    Cli.Ended scan = inSlurm(jobfold("scan", tree.root())).run();
    assertThat(scan.code()).isEqualTo(2);
    assertThat(scan.err())
        .startsWith("folder '/a': asks for 3 ranks, there are 2: lower 'ranks', or raise")
        .isEqualTo(
            inSlurm(jobfold("run", tree.root(), "--end", "1h")).run().err().lines().toList().get(1)
                + "\njobfold: a run is refused until 1 problem is corrected\n");
  }

  @Test
  void theUserMaySayOtherwise() {
    assertThat(inSlurm(jobfold("run", tree.root(), "--end", "1h", "--ranks", 5)).run().err())
        .contains("1 folder on 5 ranks of ");
    assertThat(inSlurm(jobfold("run", tree.root(), "--allocation", "local")).run().err())
        .doesNotContain("the job of Slurm")
        .doesNotContain("--end");
  }

  @Test
  void theEndOfTheJobIsThatOfTheRun() {
    String soon = Long.toString(System.currentTimeMillis() / 1000 + 20);
    Cli.Ended ended = inSlurm(jobfold("run", tree.root())).with("SLURM_JOB_END_TIME", soon).run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("and what runs is ended 30s before");
    String later = Long.toString(System.currentTimeMillis() / 1000 + 3600);
    assertThat(inSlurm(jobfold("run", tree.root())).with("SLURM_JOB_END_TIME", later).run().err())
        .contains("the allocation ends at ");
  }

  private static Cli inSlurm(Cli cli) {
    String host = ThisHost.name();
    return cli.with("SLURM_JOB_ID", "7")
        .with("SLURM_JOB_NODELIST", host)
        .with("SLURM_JOB_NUM_NODES", "1")
        .with("SLURM_JOB_CPUS_PER_NODE", "6")
        .with("SLURM_NTASKS", "2")
        .with("SLURM_TASKS_PER_NODE", "2")
        .with("SLURM_CPUS_PER_TASK", "3")
        .with("PMIX_RANK", "0")
        .with("OMPI_MCA_btl", "self");
  }
}
