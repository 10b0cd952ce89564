package org.jobfold.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jobfold.allocation.Captured.nodes;
import static org.jobfold.allocation.Captured.slurm;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlurmTextsTest {
  private static final String JOB = "SLURM_JOB_ID=7 SLURM_JOB_NODELIST=";

  /** Nodes of four processors; what sbatch 22.05 was asked, what it set, what that is. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --nodes=2 --ntasks=6            | n[1-2] SLURM_JOB_NUM_NODES=2 SLURM_JOB_CPUS_PER_NODE=4,2 SLURM_NTASKS=6 SLURM_TASKS_PER_NODE=4,2 | n1:4/4 n2:2/2
          --nodes=2 --ntasks-per-node=3   | n[1-2] SLURM_JOB_NUM_NODES=2 SLURM_JOB_CPUS_PER_NODE=3(x2) SLURM_NTASKS=6 SLURM_NTASKS_PER_NODE=3 SLURM_TASKS_PER_NODE=3(x2) | n1:3/3 n2:3/3
          --nodes=2                       | n[1-2] SLURM_JOB_NUM_NODES=2 SLURM_JOB_CPUS_PER_NODE=1(x2) SLURM_TASKS_PER_NODE=1(x2) | n1:1/1 n2:1/1
          --nodes=2 --exclusive           | n[1-2] SLURM_JOB_NUM_NODES=2 SLURM_JOB_CPUS_PER_NODE=4(x2) SLURM_TASKS_PER_NODE=4(x2) | n1:4/4 n2:4/4
          --nodes=2 --cpus-per-task=2     | n[1-2] SLURM_JOB_NUM_NODES=2 SLURM_CPUS_PER_TASK=2 SLURM_JOB_CPUS_PER_NODE=2(x2) SLURM_TASKS_PER_NODE=1(x2) | n1:1/2 n2:1/2
          --ntasks=5                      | n[1-2] SLURM_JOB_NUM_NODES=2 SLURM_JOB_CPUS_PER_NODE=4,1 SLURM_NTASKS=5 SLURM_TASKS_PER_NODE=4,1 | n1:4/4 n2:1/1
          --ntasks=6 --cpus-per-task=2    | n[1-3] SLURM_JOB_NUM_NODES=3 SLURM_CPUS_PER_TASK=2 SLURM_JOB_CPUS_PER_NODE=4(x3) SLURM_NTASKS=6 SLURM_TASKS_PER_NODE=2(x3) | n1:2/4 n2:2/4 n3:2/4
          -N3 --exclusive -c2             | n[1-3] SLURM_JOB_NUM_NODES=3 SLURM_CPUS_PER_TASK=2 SLURM_JOB_CPUS_PER_NODE=4(x3) SLURM_TASKS_PER_NODE=2(x3) | n1:2/4 n2:2/4 n3:2/4
          -N3 --exclusive --ntasks-per-node=1 | n[1-3] SLURM_JOB_NUM_NODES=3 SLURM_JOB_CPUS_PER_NODE=4(x3) SLURM_NTASKS=3 SLURM_NTASKS_PER_NODE=1 SLURM_TASKS_PER_NODE=1(x3) | n1:1/4 n2:1/4 n3:1/4
          -N2-4 -n 9                      | n[1-4] SLURM_JOB_NUM_NODES=4 SLURM_JOB_CPUS_PER_NODE=4,3,1(x2) SLURM_NTASKS=9 SLURM_TASKS_PER_NODE=4,3,1(x2) | n1:4/4 n2:3/3 n3:1/1 n4:1/1
          -w n2,n4 -N2 -n4                | n[2,4] SLURM_JOB_NUM_NODES=2 SLURM_JOB_CPUS_PER_NODE=3,1 SLURM_NTASKS=4 SLURM_TASKS_PER_NODE=3,1 | n2:3/3 n4:1/1
          -N1 -n2                         | n1 SLURM_JOB_NUM_NODES=1 SLURM_JOB_CPUS_PER_NODE=2 SLURM_NTASKS=2 SLURM_TASKS_PER_NODE=2 | n1:2/2
          -n 8 --overcommit               | n1 SLURM_JOB_NUM_NODES=1 SLURM_JOB_CPUS_PER_NODE=1 SLURM_NTASKS=8 SLURM_TASKS_PER_NODE=8 | n1:8/1
          """)
  void theFormsOfSbatch(String asked, String set, String nodes) {
    assertThat(nodes(slurm(JOB + set))).isEqualTo(nodes);
  }

  @Test
  void aBatchScriptAsItIs() {
    Allocation allocation =
        slurm(
            """
            CUDA_VISIBLE_DEVICES=0,1
            HOSTNAME=n1
            SLURMD_NODENAME=n1
            SLURM_CLUSTER_NAME=box
            SLURM_CPUS_ON_NODE=1
            SLURM_GPUS_ON_NODE=2
            SLURM_GPUS_PER_NODE=2
            SLURM_GTIDS=0
            SLURM_JOBID=11
            SLURM_JOB_CPUS_PER_NODE=1(x2)
            SLURM_JOB_GPUS=0,1
            SLURM_JOB_ID=11
            SLURM_JOB_NODELIST=n[1-2]
            SLURM_JOB_NUM_NODES=2
            SLURM_LOCALID=0
            SLURM_MEM_PER_NODE=1000
            SLURM_NNODES=2
            SLURM_NODEID=0
            SLURM_NODELIST=n[1-2]
            SLURM_NODE_ALIASES=(null)
            SLURM_PROCID=0
            SLURM_SUBMIT_DIR=/home/user
            SLURM_TASKS_PER_NODE=1(x2)
            """);
    assertThat(allocation.job()).isEqualTo("11");
    assertThat(allocation.end()).isEmpty();
    assertThat(allocation.nodes())
        .allSatisfy(
            node -> {
              assertThat(node.gpus()).hasSize(2);
              assertThat(node.megabytes()).hasValue(1000);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SLURM_MEM_PER_CPU=500                          | 4 | 2000 | 0
          SLURM_MEM_PER_NODE=0                           | 4 |    0 | 0
          SLURM_GPUS_PER_TASK=2                          | 4 |    0 | 8
          SLURM_GPUS_PER_NODE=a100:2,v100:1              | 4 |    0 | 3
          SLURM_GPUS_PER_NODE=gpu:a100:2(IDX:0-1)        | 4 |    0 | 2
          SLURM_GPUS_ON_NODE=3                           | 4 |    0 | 3
          SLURM_GPUS_PER_NODE=1 SLURM_MEM_PER_GPU=8000   | 4 | 8000 | 1
          """)
  void memoryAndGpus(String text, int cores, long megabytes, int gpus) {
    Node node = slurm(JOB + "n1 SLURM_JOB_CPUS_PER_NODE=" + cores + " " + text).nodes().get(0);
    assertThat(node.megabytes().orElse(0)).isEqualTo(megabytes);
    assertThat(node.gpus()).hasSize(gpus);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CUDA_VISIBLE_DEVICES=0,1 SLURM_JOB_GPUS=6,7                         | 0 1   | 0 1
          SLURM_STEP_GPUS=6,7 SLURM_JOB_GPUS=5,6,7                            | 6 7   | 0 1
          CUDA_VISIBLE_DEVICES=NoDevFiles                                     | 0 1   | 0 1
          ROCR_VISIBLE_DEVICES=GPU-8f,GPU-9a SLURMD_NODENAME=n1               | GPU-8f GPU-9a | 0 1
          CUDA_VISIBLE_DEVICES=3,4 SLURMD_NODENAME=n2                         | 0 1   | 3 4
          CUDA_VISIBLE_DEVICES=3,4 SLURMD_NODENAME=login                      | 0 1   | 0 1
          """)
  void theIdsOfGpusAreKnownWhereThisProgramRuns(String text, String first, String second) {
    assertThat(
            slurm(
                    JOB
                        + "n[1-2] SLURM_JOB_CPUS_PER_NODE=4(x2) SLURM_JOB_NUM_NODES=2"
                        + " SLURM_GPUS_PER_NODE=2 "
                        + text)
                .nodes())
        .extracting(node -> String.join(" ", node.gpus()))
        .containsExactly(first, second);
  }

  @Test
  void theEndIsSaidSince23() {
    assertThat(slurm(JOB + "n1 SLURM_JOB_CPUS_PER_NODE=4 SLURM_JOB_END_TIME=1795269787").end())
        .contains(Instant.ofEpochSecond(1795269787));
  }

  @Test
  void theShellOfSallocStandsForTheJob() {
    assertThat(
            nodes(
                slurm(
                    JOB
                        + "n[1-2] SLURM_JOB_CPUS_PER_NODE=2,1 SLURM_JOB_NUM_NODES=2 SLURM_NNODES=2"
                        + " SLURM_NTASKS=3 SLURM_PROCID=0 SLURM_STEPID=4294967290"
                        + " SLURM_STEP_ID=4294967290 SLURM_STEP_NODELIST=n1 SLURM_STEP_NUM_NODES=1"
                        + " SLURM_STEP_NUM_TASKS=1 SLURM_STEP_TASKS_PER_NODE=1"
                        + " SLURM_TASKS_PER_NODE=2,1")))
        .isEqualTo("n1:2/2 n2:1/1");
  }

  @Test
  void aStepIsAnAllocationOfItsOwn() {
    String step =
        JOB
            + "n[1-2] SLURM_JOB_CPUS_PER_NODE=4(x2) SLURM_JOB_NUM_NODES=2 SLURM_NNODES=1"
            + " SLURM_NTASKS=1 SLURM_STEPID=0 SLURM_STEP_ID=0 SLURM_STEP_NODELIST=n2"
            + " SLURM_STEP_NUM_NODES=1 SLURM_STEP_NUM_TASKS=1 SLURM_STEP_TASKS_PER_NODE=1"
            + " SLURM_TASKS_PER_NODE=1 SLURM_CPUS_ON_NODE=3 SLURM_PROCID=";
    assertThat(nodes(slurm(step + "0"))).isEqualTo("n2:1/3");
    assertThatThrownBy(() -> slurm(step + "1"))
        .isInstanceOf(UnreadableAllocation.class)
        .hasMessageContaining("SLURM_PROCID: this is task 1 of a step")
        .hasMessageContaining("start jobfold once");
  }

  @Test
  void oldNamesWillDo() {
    assertThat(
            nodes(
                slurm(
                    "SLURM_JOBID=7 SLURM_NODELIST=tux[01-02] SLURM_NNODES=2 SLURM_NPROCS=4"
                        + " SLURM_TASKS_PER_NODE=2(x2) SLURM_CPUS_PER_TASK=3")))
        .isEqualTo("tux01:2/6 tux02:2/6");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          n[1-2] SLURM_JOB_CPUS_PER_NODE=4                                              | SLURM_JOB_CPUS_PER_NODE: it is for 1 hosts, and the job has 2
          n[1-2] SLURM_JOB_CPUS_PER_NODE=4(x2) SLURM_JOB_NUM_NODES=3                    | SLURM_JOB_NUM_NODES: it is 3, and 'SLURM_JOB_NODELIST' names 2
          n[1-2] SLURM_JOB_CPUS_PER_NODE=4(x2) SLURM_NTASKS=5 SLURM_TASKS_PER_NODE=2(x2) | SLURM_NTASKS: it is 5, and the numbers of 'SLURM_TASKS_PER_NODE' add up to 4
          n[1-2] SLURM_JOB_CPUS_PER_NODE=4(x2) SLURM_NTASKS=5                           | SLURM_TASKS_PER_NODE: it is not set, and 'SLURM_NTASKS' is 5
          n[1-2]                                                                        | SLURM_JOB_CPUS_PER_NODE: it is not set, and neither is
          n[1-2 SLURM_JOB_CPUS_PER_NODE=4(x2)                                           | SLURM_JOB_NODELIST: 'n[1-2' is no list of hosts
          n[1,1] SLURM_JOB_CPUS_PER_NODE=4(x2)                                          | SLURM_JOB_NODELIST: it names a host twice
          n1 SLURM_JOB_CPUS_PER_NODE=four                                               | SLURM_JOB_CPUS_PER_NODE: 'four' is no number for each host
          n1 SLURM_JOB_CPUS_PER_NODE=4 SLURM_CPUS_PER_TASK=many                         | SLURM_CPUS_PER_TASK: 'many' is no number
          n1 SLURM_JOB_CPUS_PER_NODE=4 SLURM_HET_SIZE=2                                 | SLURM_HET_SIZE: the job has several components
          """)
  void refusesWhatDoesNotGoTogether(String text, String message) {
    assertThatThrownBy(() -> slurm(JOB + text))
        .isInstanceOf(UnreadableAllocation.class)
        .hasMessageContaining(message);
  }
}
