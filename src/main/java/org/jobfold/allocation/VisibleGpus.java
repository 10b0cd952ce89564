package org.jobfold.allocation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The GPUs that the environment leaves to this program on its own host. What programs go by comes
 * first: where the kernel hides the other GPUs, those are counted anew, and the numbers in Slurm's
 * own variables are of use to nobody.
 *
 * <p>Source of the names: the CUDA C++ programming guide, the ROCm documentation, the manual pages
 * of sbatch and srun.
 */
public final class VisibleGpus {
  private static final List<String> VARIABLES =
      List.of("CUDA_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES", "SLURM_STEP_GPUS", "SLURM_JOB_GPUS");

  private VisibleGpus() {}

  /** Their ids; none where nothing is said. */
  public static List<String> ids(Map<String, String> variables) {
    for (String name : VARIABLES) {
      List<String> ids =
          Arrays.stream(variables.getOrDefault(name, "").split(",", -1))
              .map(String::strip)
              .filter(id -> !id.isEmpty())
              .distinct()
              .toList();
      if (!ids.isEmpty() && ids.stream().allMatch(VisibleGpus::isId)) {
        return ids;
      }
    }
    return List.of();
  }

  /** Whether it can be the id of a GPU: a number, or a name such as {@code GPU-8932f937}. */
  public static boolean isId(String text) {
    // Slurm says 'NoDevFiles' where it counts GPUs and knows none.
    return text.matches("\\d{1,4}|(GPU|MIG)-[A-Za-z0-9/-]{1,80}");
  }

  /** So many, by their numbers. */
  public static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }
}
