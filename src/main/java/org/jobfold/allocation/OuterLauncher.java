package org.jobfold.allocation;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a launcher that has started this program leaves in its environment, and would lead astray
 * the launchers and MPI programs that this program starts: they would take themselves for ranks of
 * the outer world, or for as many as the outer job has.
 *
 * <table>
 * <caption>variables that trials do not inherit</caption>
 * <tr><td>{@code PMI_*}, {@code PMI2_*}, {@code PMIX_*}, {@code HYDI_*}, {@code MPI_LOCAL*}</td>
 *     <td>the rank that MPICH, Intel MPI or srun have started</td></tr>
 * <tr><td>{@code OMPI_COMM_WORLD_*} and the like, {@code ORTE_*}, {@code OMPI_MCA_ess*}, {@code
 *     OMPI_MCA_orte*}, {@code OMPI_MCA_pmix*}</td><td>the rank that Open MPI has started; what users
 *     set in {@code OMPI_MCA_*} stays</td></tr>
 * <tr><td>{@code PALS_*}, {@code ALPS_*}, {@code MV2_COMM_WORLD_*}, {@code JSM_*}</td><td>the same
 *     of Cray, MVAPICH2 and jsrun</td></tr>
 * <tr><td>{@code SLURM_*}</td><td>how many tasks, where, with what: all but what names the job, its
 *     owner, its files and times</td></tr>
 * </table>
 */
public final class OuterLauncher {
  private static final List<String> RANKS =
      List.of(
          "PMI_",
          "PMI2_",
          "PMIX_",
          "HYDI_",
          "MPI_LOCALNRANKS",
          "MPI_LOCALRANKID",
          "OMPI_COMM_WORLD_",
          "OMPI_UNIVERSE_SIZE",
          "OMPI_APP_CTX_NUM_PROCS",
          "OMPI_FIRST_RANKS",
          "OMPI_NUM_APP_CTX",
          "OMPI_FILE_LOCATION",
          "OMPI_ARGV",
          "OMPI_COMMAND",
          "OMPI_MCA_ess",
          "OMPI_MCA_orte",
          "OMPI_MCA_pmix",
          "OMPI_MCA_initial_wdir",
          "ORTE_",
          "PALS_",
          "ALPS_",
          "MV2_COMM_WORLD_",
          "JSM_");

  private static final String SLURM = "SLURM_";

  private static final Set<String> OF_THE_JOB =
      Set.of(
          "SLURM_CLUSTER_NAME",
          "SLURM_CONF",
          "SLURM_JOB_ACCOUNT",
          "SLURM_JOB_COMMENT",
          "SLURM_JOB_DEPENDENCY",
          "SLURM_JOB_END_TIME",
          "SLURM_JOB_GID",
          "SLURM_JOB_GROUP",
          "SLURM_JOB_ID",
          "SLURM_JOB_LICENSES",
          "SLURM_JOB_NAME",
          "SLURM_JOB_PARTITION",
          "SLURM_JOB_QOS",
          "SLURM_JOB_RESERVATION",
          "SLURM_JOB_START_TIME",
          "SLURM_JOB_UID",
          "SLURM_JOB_USER",
          "SLURM_RESTART_COUNT",
          "SLURM_SUBMIT_DIR",
          "SLURM_SUBMIT_HOST",
          "SLURM_TMPDIR");

  private static final String OF_AN_ARRAY = "SLURM_ARRAY_";

  private OuterLauncher() {}

  /** Those of these names that trials are not to inherit. */
  public static Set<String> misleading(Collection<String> names) {
    return names.stream().filter(OuterLauncher::isMisleading).collect(Collectors.toSet());
  }

  private static boolean isMisleading(String name) {
    return name.startsWith(SLURM)
        ? !OF_THE_JOB.contains(name) && !name.startsWith(OF_AN_ARRAY)
        : RANKS.stream().anyMatch(name::startsWith);
  }
}
