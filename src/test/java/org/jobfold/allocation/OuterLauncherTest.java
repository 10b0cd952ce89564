package org.jobfold.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OuterLauncherTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "PMI_FD",
        "PMI_RANK",
        "PMIX_NAMESPACE",
        "PMIX_RANK",
        "PMIX_SERVER_URI4",
        "HYDI_CONTROL_FD",
        "MPI_LOCALNRANKS",
        "OMPI_COMM_WORLD_RANK",
        "OMPI_UNIVERSE_SIZE",
        "OMPI_MCA_ess",
        "OMPI_MCA_ess_base_jobid",
        "OMPI_MCA_orte_precondition_transports",
        "ORTE_SCHIZO_DETECTION",
        "PALS_RANKID",
        "SLURM_JOBID",
        "SLURM_NTASKS",
        "SLURM_NPROCS",
        "SLURM_NODELIST",
        "SLURM_JOB_NODELIST",
        "SLURM_TASKS_PER_NODE",
        "SLURM_STEP_ID",
        "SLURM_PROCID",
        "SLURM_CPUS_PER_TASK",
        "SLURM_MEM_PER_CPU",
        "SLURM_CPU_BIND",
        "SLURM_EXPORT_ENV",
        "SLURM_DISTRIBUTION",
        "SLURM_MPI_TYPE"
      })
  void trialsDoNotSeeWhatIsOfTheOuterWorld(String name) {
    assertThat(OuterLauncher.misleading(List.of(name))).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "OMP_NUM_THREADS",
        "OMPI_MCA_btl",
        "OMPI_MCA_hwloc_base_binding_policy",
        "OMPI_CC",
        "PMIXES",
        "I_MPI_FABRICS",
        "UCX_TLS",
        "SLURM_JOB_ID",
        "SLURM_CONF",
        "SLURM_SUBMIT_DIR",
        "SLURM_ARRAY_TASK_ID",
        "SLURM_RESTART_COUNT",
        "SLURM_JOB_END_TIME",
        "SLURMD_NODENAME",
        "SBATCH_PARTITION",
        "PBS_JOBID",
        "LSB_JOBID",
        "JOBFOLD_RANKS"
      })
  void trialsSeeAllElse(String name) {
    assertThat(OuterLauncher.misleading(List.of(name))).isEmpty();
  }
}
