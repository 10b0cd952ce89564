package org.jobfold.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jobfold.disk.Scan;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.submit.Slurm;
import org.jobfold.submit.Submission;
import org.jobfold.submit.Submitting;
import org.jobfold.walk.Refusals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jobfold submit}: gives a tree to Slurm. */
@Command(
    name = "submit",
    description = {
      "Gives a tree to Slurm: as one batch job, as one for each folder, or as an array.",
      "Jobs that end before all is done go on by themselves, until three starts in a row have brought no folder to its end."
    },
    footer = {
      "",
      "Examples:",
      "  jobfold submit sweep --nodes 4 --time 8h",
      "  jobfold submit sweep --ntasks 16 --partition short --maxtrials 2 --dry-run",
      "  jobfold submit sweep --scattered --at-most 20",
      "  jobfold submit sweep --array --at-most 50 --account physics",
      "  jobfold submit sweep --resume --retry-failed --nodes 4 --time 8h",
      "",
      "Exit codes: 0 it is submitted; 2 wrong usage, or refused: nothing was submitted; 3 Slurm did",
      "not take it, and what it had taken is cancelled."
    })
final class SubmitCommand implements Callable<Integer> {
  private final Outside outside;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final TreeArguments tree = new TreeArguments();

  @Mixin private final SlurmArguments slurm = new SlurmArguments();

  @Mixin private final WayArguments way = new WayArguments();

  @Mixin private final StartArguments start = new StartArguments();

  @Mixin private final RunArguments how = new RunArguments();

  @Option(
      names = "--dry-run",
      description =
          "Submits and writes nothing: prints the script to standard output, and the commands to standard error.")
  private boolean dryRun;

  @Option(
      names = "--again",
      description =
          "Submits although it can not be said whether an earlier submission is still in the queue.")
  private boolean again;

  @Parameters(
      index = "1..*",
      paramLabel = "-- OPTION",
      description = "Options of 'jobfold run', which may also be given without the dashes.")
  private List<String> behind = new ArrayList<>();

  SubmitCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() throws InterruptedException {
    List<Problem> problems = new ArrayList<>();
    List<String> options = InnerOptions.of(spec, behind, problems);
    problems.addAll(start.problems());
    LeftBefore before =
        LeftBefore.of(tree.place(), StateDirectory.existing(tree.root()), start.start());
    tree.settle(spec, outside.environment(), before.options());
    Scan scan = tree.scan(outside.environment());
    problems.addAll(problems(scan, before));
    if (!problems.isEmpty()) {
      throw new RefusedException(problems.stream().distinct().toList());
    }
    Slurm queue = new Slurm(outside.commands());
    SubmissionPlan plan =
        new Planning(tree.root(), scan.tree(), slurm, way, how, before, outside.self(), queue)
            .plan(options);
    if (!dryRun && !again) {
      new Submitted(tree.root(), queue).refuseAnother();
    }
    ScanNotes.of(scan, tree.settings()).forEach(this::say);
    plan.notes().forEach(this::say);
    tell(before, scan.tree());
    return dryRun ? show(plan, queue) : submit(plan, before, scan.tree(), queue);
  }

  /** What a user may not expect of where it begins. */
  private void tell(LeftBefore before, JobTree folders) {
    if (start.start() == Submission.Start.ANEW && StateDirectory.isIn(tree.root())) {
      say(RunAgain.text(folders, "jobfold submit --resume"));
    }
    if (!before.dropped().isEmpty()) {
      say(
          "of the last run "
              + String.join(", ", before.dropped())
              + (before.dropped().size() == 1 ? " does" : " do")
              + " not hold any more: the batch job has an allocation of its own");
    }
  }

  private List<Problem> problems(Scan scan, LeftBefore before) {
    List<Problem> problems = new ArrayList<>(scan.problems());
    JobTree folders = scan.tree();
    problems.addAll(ParamClashes.problems(folders));
    problems.addAll(slurm.problems());
    problems.addAll(way.problems(how));
    problems.addAll(how.forcing().problems(folders));
    problems.addAll(Refusals.ofTokens(folders.folders(), how.queues()));
    if (slurm.ranks().isPresent()) {
      problems.addAll(TooWide.problems(folders, slurm.ranks().getAsInt(), "--ntasks"));
    }
    if (problems.isEmpty() && Beginning.tagged(folders) == folders.size() && !how.keepsAlive()) {
      problems.add(
          folders.size() == 0
              ? NothingToRun.problem(tree, scan)
              : Problem.of(tree.place(), "there is nothing to run: all folders are tagged"));
    }
    if (problems.isEmpty()
        && !how.keepsAlive()
        && folders.folders().stream().noneMatch(before.toRun(folders, how.forcing()))) {
      problems.add(Problem.of(tree.place(), before.nothing(folders)));
    }
    return tree.settings().placed(problems);
  }

  private int show(SubmissionPlan plan, Slurm queue) {
    if (how.asJson()) {
      SubmitJson.print(outside.out(), tree.root(), plan, List.of(), queue.calls());
      return ExitCodes.SUCCEEDED;
    }
    outside.out().print(plan.script());
    outside.out().flush();
    plan.lines().forEach(outside.err()::println);
    outside.err().flush();
    return ExitCodes.SUCCEEDED;
  }

  private int submit(SubmissionPlan plan, LeftBefore before, JobTree folders, Slurm queue)
      throws InterruptedException {
    Submitting.Result result =
        new HandIn(tree.place(), tree.root(), folders, queue, this::say).perform(plan, before);
    if (result instanceof Submitting.Result.Whole whole && how.asJson()) {
      SubmitJson.print(outside.out(), tree.root(), plan, whole.jobs(), queue.calls());
    }
    return result instanceof Submitting.Result.Whole ? ExitCodes.SUCCEEDED : ExitCodes.INCOMPLETE;
  }

  private void say(String line) {
    outside.err().println("jobfold: " + Words.line(line));
    outside.err().flush();
  }
}
