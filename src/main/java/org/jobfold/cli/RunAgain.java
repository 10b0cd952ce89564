package org.jobfold.cli;

import org.jobfold.folder.JobTree;

/** What is said when a tree is run that was run before. */
final class RunAgain {
  private RunAgain() {}

  /**
   * Which folders run.
   *
   * @param other the command that goes on from there
   */
  static String text(JobTree tree, String other) {
    int checked = Unchanged.count(tree);
    int others = tree.size() - Beginning.tagged(tree) - checked;
    String resume = ": '" + other + "' would go on from there";
    if (checked == 0) {
      return "all folders run, also those that an earlier run has done" + resume;
    }
    String some =
        Words.count(checked, "folder")
            + (checked == 1 ? " declares" : " declare")
            + " 'inputs' and "
            + (checked == 1 ? "runs" : "run")
            + " only if something has changed";
    return others == 0
        ? some
        : some
            + "; "
            + (others == 1 ? "the other one runs" : "the other " + others + " run")
            + ", also what an earlier run has done"
            + resume;
  }
}
