/** Slurm: what is asked of its commands, agents that srun brings, and launch lines of programs. */
@NullMarked
package org.jobfold.backend.slurm;

import org.jspecify.annotations.NullMarked;
