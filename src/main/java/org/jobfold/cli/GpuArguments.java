package org.jobfold.cli;

import java.util.Arrays;
import java.util.List;
import org.jobfold.allocation.VisibleGpus;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which GPUs a run shares out. */
final class GpuArguments {
  static final String GPUS = "--gpus";
  private static final int MOST = 1024;

  @Option(
      names = GPUS,
      paramLabel = "IDS",
      description =
          "The GPUs of each host that folders with 'gpus' get: their ids, as in 0,1,2,3 (one alone as '2,'), or how many there are; 'none' shares none out. Without it those of the allocation, if a folder asks for some.")
  private @Nullable String gpus;

  /**
   * Which ones, for a tree.
   *
   * @param problems gets what is wrong
   */
  Gpus of(JobTree folders, List<Problem> problems) {
    if (gpus == null) {
      return folders.folders().stream().anyMatch(f -> !f.tagged() && f.settings().gpus() > 0)
          ? Gpus.GIVEN
          : Gpus.NONE;
    }
    String text = gpus.strip();
    if (text.equals("none")) {
      return Gpus.NONE;
    }
    if (text.matches("\\d{1,4}") && Integer.parseInt(text) <= MOST) {
      int count = Integer.parseInt(text);
      return count == 0 ? Gpus.NONE : new Gpus.Named(VisibleGpus.numbered(count));
    }
    List<String> ids =
        Arrays.stream(text.replaceFirst(",$", "").split(",", -1)).map(String::strip).toList();
    if (!ids.stream().allMatch(VisibleGpus::isId)) {
      problems.add(
          Problem.of(
              GPUS,
              "'"
                  + text
                  + "' names no GPUs: write their ids with commas between, such as 0,1,2,3, how"
                  + " many there are, or none"));
      return Gpus.NONE;
    }
    if (ids.stream().distinct().count() < ids.size()) {
      problems.add(Problem.of(GPUS, "'" + text + "' names a GPU twice: name each once"));
      return Gpus.NONE;
    }
    return new Gpus.Named(ids);
  }
}
