package org.jobfold.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.jobfold.disk.Note;
import org.jobfold.disk.Scan;
import org.jobfold.folder.Problem;

/** A tree without a folder to run: what it lacks, and files that look like programs. */
final class NothingToRun {
  private static final int NAMED = 3;

  private NothingToRun() {}

  /** Why there is nothing to run in a tree in which nothing was found. */
  static Problem problem(TreeArguments tree, Scan scan) {
    List<Note> closed = notExecutable(scan);
    String open = closed.isEmpty() ? "" : text(closed) + ", or ";
    return Problem.of(
        tree.place(),
        "the tree has no executable folder: "
            + (tree.hasMatch()
                ? open + "no file matches '--match', correct it"
                : open
                    + "add a 'job.yaml' with a 'command' or an executable 'run' to a folder, or use"
                    + " '--match' and '--command'"));
  }

  /** Files that would be run if they were executable. */
  static List<Note> notExecutable(Scan scan) {
    return scan.notes().stream().filter(n -> n.kind() == Note.Kind.NOT_EXECUTABLE).toList();
  }

  /** {@code 'a/run' and 2 more are not executable: chmod +x them}: at least one. */
  static String text(List<Note> closed) {
    int more = closed.size() - NAMED;
    return closed.stream()
            .limit(NAMED)
            .map(note -> "'" + note.place() + "'")
            .collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "")
        + (closed.size() == 1
            ? " is not executable: chmod +x it"
            : " are not executable: chmod +x them");
  }
}
