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
          "The GPUs of each host that folders with 'gpus' get: their ids, as in 0,1,2,3 (one alone as '0,'), or how many there are; 0 or 'none' shares none out. Without it those of the allocation, if a folder asks for some.")
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
      if (count == 0) {
        refuseNone(folders, problems);
        return Gpus.NONE;
      }
      return new Gpus.Named(VisibleGpus.numbered(count));
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

  /** Who writes 0 beside folders that want a GPU means its id, most likely. */
  private static void refuseNone(JobTree folders, List<Problem> problems) {
    folders.folders().stream()
        .filter(folder -> !folder.tagged() && folder.settings().gpus() > 0)
        .findFirst()
        .ifPresent(
            folder ->
                problems.add(
                    Problem.of(
                        GPUS,
                        "'0' is how many there are, and folder '"
                            + folder.name()
                            + "' asks for "
                            + Words.count(folder.settings().gpus(), "GPU")
                            + ": write '0,' for the one with the id 0, or how many there are")));
  }

  /** Whether the user says which ones. */
  boolean areNamed() {
    return gpus != null;
  }
}
