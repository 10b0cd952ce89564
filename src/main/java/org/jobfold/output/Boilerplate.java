package org.jobfold.output;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines that launchers of MPI programs print after any failure, whatever it was. They come last,
 * and would hide what the program itself has said. The texts are those of Open MPI 4 and 5, of
 * MPICH's Hydra and of Slurm's srun; what these say of the reason, such as a signal or a lack of
 * memory, is no boilerplate.
 */
final class Boilerplate {
  private static final Pattern LINE =
      Pattern.compile(
          String.join(
              "|",
              List.of(
                  // separators: they say nothing, whoever prints them
                  "[-=]{40,}",
                  // Open MPI
                  "Primary job +terminated normally, but \\d+ process(?:es)? returned",
                  "a non-zero exit code\\.? ?.*(?:job has been aborted|to be terminated)?\\.?",
                  "(?:mpirun|mpiexec|prterun|orterun|prun)\\S* detected that one or more processes exited"
                      + " with non-zero status.*",
                  "the job to be terminated\\. The first process to do so was:",
                  "Process name: \\[.*",
                  "Exit code: +\\d+",
                  "MPI_ABORT was invoked on rank .*",
                  "(?:with errorcode|Proc: \\[\\[).*",
                  "NOTE: invoking MPI_ABORT causes Open MPI to kill all MPI processes\\.",
                  "You may or may not see output from other processes, depending on",
                  "exactly when Open MPI kills them\\.",
                  "(?:mpirun|mpiexec|prterun|orterun)\\S* has exited due to process rank .*",
                  "(?:on node \\S+ )?(?:calling|exiting improperly)\\b.*",
                  "This may have caused other processes in the application to be",
                  "terminated by signals sent by (?:mpirun|mpiexec|prterun|orterun)\\b.*",
                  "\\d+ more process(?:es)? ha(?:s|ve) sent help message help-mpi.*",
                  "\\[[^\\]]+\\] Set MCA parameter \"orte_base_help_aggregate\" to 0.*",
                  "\\[[^\\]]+\\] \\d+ more process(?:es)? ha(?:s|ve) sent help message .*",
                  "\\[[^\\]]+\\] (?:\\[\\S+\\] )?ORTE_ERROR_LOG: Data unpack would read past end of buffer.*",
                  // MPICH
                  "= +BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES",
                  "= +(?:PID \\d+ RUNNING AT .*|KILLED BY SIGNAL: .*|EXIT CODE: .*|RANK \\d+ PID .*)",
                  "= +CLEANING UP REMAINING PROCESSES",
                  "= +YOU CAN IGNORE THE BELOW CLEANUP MESSAGES",
                  "This typically refers to a problem with your application\\.",
                  "Please see the FAQ page for debugging suggestions",
                  "application called MPI_Abort\\(MPI_COMM_WORLD, -?\\d+\\) - process \\d+",
                  // Slurm
                  "srun: error: \\S+: tasks? [-\\d,]+: Exited with exit code \\d+",
                  "srun: (?:Terminating (?:StepId|job step)|launch/slurm: _step_signal: Terminating).*",
                  "srun: Job step aborted: Waiting up to .*",
                  "slurmstepd: error: \\*\\*\\* STEP \\S+ ON \\S+ CANCELLED AT \\S+ \\*\\*\\*")));

  private Boilerplate() {}

  /** Whether a line tells nothing of the reason. */
  static boolean is(String line) {
    return LINE.matcher(line.strip()).matches();
  }
}
