package org.jobfold.cli;

import java.nio.file.Path;
import java.util.List;
import org.jobfold.folder.ShellWords;
import org.jobfold.submit.Call;
import org.jobfold.submit.Part;
import org.jobfold.submit.Submission;
import org.jobfold.submit.Way;

/**
 * What is to be submitted: the script and the commands, as they are.
 *
 * @param number of the submission
 * @param file where the script is to be
 * @param calls of sbatch, at least one
 * @param parts of the tree; none where one job runs all of it
 * @param start where it begins
 * @param told what it is, for people
 * @param notes what people should know
 */
record SubmissionPlan(
    int number,
    Way way,
    Path file,
    String script,
    List<Call> calls,
    List<Part> parts,
    Submission.Start start,
    String told,
    List<String> notes) {
  /** The commands as a shell takes them. */
  List<String> lines() {
    return calls.stream().map(call -> ShellWords.line(call.words(file))).toList();
  }
}
