package org.jobfold.cli;

import static org.jobfold.cli.TreeArguments.refused;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jobfold.disk.PartName;
import org.jobfold.disk.StateDirectory;
import org.jobfold.journal.FolderState;
import org.jobfold.journal.RunState;
import org.jobfold.run.SystemClock;
import org.jobfold.submit.GoingOn;
import org.jobfold.submit.JobId;
import org.jobfold.submit.Slurm;
import org.jobfold.submit.Submission;
import org.jobfold.submit.Submissions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jobfold requeue}: lets a batch job go on that has left folders. */
@Command(
    name = "requeue",
    description = {
      "Lets the batch job that calls it go on later, because folders of its tree are left. For batch scripts.",
      "It does not if nothing is left, if the run was stopped, or if several starts in a row have brought no folder to its end."
    },
    footer = {
      "",
      "Examples:",
      "  jobfold requeue \"$tree\"",
      "  jobfold requeue \"$tree\" --by=successor -- \"$0\" \"$@\"",
      "",
      "Exit codes: 0 the job goes on, or nothing is left; 2 wrong usage, or not in a batch job;",
      "3 it does not go on, although folders are left."
    })
final class RequeueCommand implements Callable<Integer> {
  private static final int TERM = 15;

  private final Outside outside;

  @Mixin private final RootArgument tree = new RootArgument();

  @Mixin private final PartArgument part = new PartArgument();

  @Option(
      names = "--by",
      paramLabel = "HOW",
      defaultValue = "requeue",
      description =
          "'requeue' puts this job into the queue once more, 'successor' submits the script again, to begin when this job has ended (default: ${DEFAULT-VALUE}).")
  private String by = "requeue";

  @Option(
      names = "--fruitless",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "After how many runs in a row that bring no folder to its end it is not done (default: ${DEFAULT-VALUE}).")
  private Integer fruitless = 3;

  @Option(
      names = "--if-preempted",
      description =
          "For a run that SIGTERM has ended: only if Slurm takes the nodes of this job for another one, and leaves it its time to end; with exit code 143 if not. It does not count for '--fruitless'.")
  private boolean ifPreempted;

  @Parameters(
      index = "1..*",
      paramLabel = "-- SCRIPT",
      description = "The batch script and its arguments, for a successor.")
  private List<String> script = new ArrayList<>();

  RequeueCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    String job = outside.environment().getOrDefault("SLURM_JOB_ID", "");
    if (job.isEmpty()) {
      throw refused("SLURM_JOB_ID", "it is not set: this is for scripts that Slurm runs");
    }
    boolean successor = by.equals("successor");
    if (!successor && !by.equals("requeue")) {
      throw refused("--by", "'" + by + "' is no way: write 'requeue' or 'successor'");
    }
    if (successor && script.isEmpty()) {
      throw refused("--by", "a successor needs the script: write '-- \"$0\" \"$@\"' at the end");
    }
    Path root = tree.root();
    Optional<PartName> name = part.name(outside.environment());
    StateDirectory state =
        name.map(n -> StateDirectory.of(root, n)).orElseGet(() -> StateDirectory.of(root));
    RunState account = state.load().state();
    if (account.left() == 0 && account.end().isPresent()) {
      say("no folder is left: it does not go on");
      return ExitCodes.SUCCEEDED;
    }
    if (ifPreempted) {
      Optional<Boolean> preempted = new Slurm(outside.commands()).isPreempted(job);
      if (!preempted.orElse(false)) {
        say(
            preempted.isPresent()
                ? "the run was ended by SIGTERM: it does not go on by itself"
                : "the run was ended by SIGTERM, and Slurm does not say why: it does not go on by itself");
        return ExitCodes.SIGNAL + TERM;
      }
    }
    GoingOn before = GoingOn.read(state.path());
    String stopped =
        before.stopped().isEmpty()
            ? new Entitlement(root, name, outside.environment()).withdrawn().orElse("")
            : before.stopped();
    if (!stopped.isEmpty()) {
      say("it does not go on: " + stopped + "; " + Entitlement.GO_ON);
      return ExitCodes.INCOMPLETE;
    }
    GoingOn now = ifPreempted ? before : before.after(finished(account));
    now.write(state.path());
    if (now.fruitless() >= fruitless) {
      say(
          "it does not go on: "
              + now.fruitless()
              + " runs in a row have brought no folder to its end. 'jobfold errors' and the output of the folders may say why; with more '--time', submit it again");
      return ExitCodes.INCOMPLETE;
    }
    return successor ? successor(job) : requeue(job);
  }

  private static int finished(RunState account) {
    return (int)
        account.folders().values().stream().filter(s -> !(s instanceof FolderState.Open)).count();
  }

  /** Says it first: Slurm ends this very process when it takes the request. */
  private int requeue(String job) {
    say("folders are left: job " + job + " is to go on later");
    String trouble = new Slurm(outside.commands()).requeue(job);
    return trouble.isEmpty() ? ExitCodes.SUCCEEDED : inVain(trouble);
  }

  private int successor(String job) {
    List<String> options =
        new ArrayList<>(
            List.of("--dependency=afterany:" + job, "--export=ALL,JOBFOLD_SUCCESSOR=" + job));
    String task = outside.environment().getOrDefault("SLURM_ARRAY_TASK_ID", "");
    if (!task.isEmpty()) {
      options.add("--array=" + task);
    }
    List<String> words =
        Slurm.sbatch(options, Path.of(script.get(0)), script.subList(1, script.size()));
    Slurm.Submitted submitted = new Slurm(outside.commands()).submit(words);
    if (submitted instanceof Slurm.Submitted.Refused refused) {
      return inVain(refused.why());
    }
    JobId next = ((Slurm.Submitted.Accepted) submitted).job();
    record(next);
    say("folders are left: job " + next.number() + " goes on after this one");
    return ExitCodes.SUCCEEDED;
  }

  /** In the account of the submission that this job is of, if it is of one. */
  private void record(JobId next) {
    Submissions account = new Submissions(tree.root().resolve(StateDirectory.NAME));
    String own =
        outside
            .environment()
            .getOrDefault(
                "SLURM_ARRAY_JOB_ID", outside.environment().getOrDefault("SLURM_JOB_ID", ""));
    Optional<Submission> newest = account.newest();
    if (newest.isPresent() && newest.get().ids().stream().anyMatch(id -> id.number().equals(own))) {
      account.submitted(
          newest.get().number(),
          new Submission.Job(next, part.name().map(PartName::index).orElse(0)),
          new SystemClock().now());
    }
  }

  private int inVain(String trouble) {
    say(
        "folders are left, and Slurm does not let the job go on ("
            + trouble
            + "); "
            + Entitlement.GO_ON);
    return ExitCodes.INCOMPLETE;
  }

  private void say(String line) {
    outside.err().println("jobfold: " + Words.line(line));
    outside.err().flush();
  }
}
