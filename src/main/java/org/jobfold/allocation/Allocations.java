package org.jobfold.allocation;

import java.util.Map;
import java.util.Optional;

/** Finds the allocation that the environment describes. */
public final class Allocations {
  private Allocations() {}

  /**
   * The batch system that speaks here. Within a trial of jobfold it is none: the whole allocation
   * is that of the run which the trial belongs to.
   */
  public static BatchSystem speaking(Map<String, String> variables) {
    if (variables.containsKey("JOBFOLD_FOLDER")) {
      return BatchSystem.LOCAL;
    }
    if (SlurmTexts.speaks(variables)) {
      return BatchSystem.SLURM;
    }
    if (PbsTexts.speaks(variables)) {
      return BatchSystem.PBS;
    }
    return LsfTexts.speaks(variables) ? BatchSystem.LSF : BatchSystem.LOCAL;
  }

  /**
   * What a batch system says; nothing for this host alone.
   *
   * @throws UnreadableAllocation if it can not be read, or does not go together
   */
  public static Optional<Allocation> read(
      BatchSystem system, Map<String, String> variables, NodeFile files) {
    try {
      return switch (system) {
        case LOCAL -> Optional.empty();
        case SLURM -> Optional.of(SlurmTexts.read(variables));
        case PBS -> Optional.of(withVisible(PbsTexts.read(variables, files), variables));
        case LSF -> Optional.of(withVisible(LsfTexts.read(variables, files), variables));
      };
    } catch (IllegalArgumentException e) {
      throw new UnreadableAllocation("--allocation", String.valueOf(e.getMessage()));
    }
  }

  /** These say nothing of GPUs, but leave some to programs; of other hosts that is not known. */
  private static Allocation withVisible(Allocation given, Map<String, String> variables) {
    return given.nodes().size() == 1 ? given.withGpus(VisibleGpus.ids(variables)) : given;
  }
}
