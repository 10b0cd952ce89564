package org.jobfold.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.folder.ShellWords;
import org.jobfold.submit.Call;
import org.jobfold.submit.Division;
import org.jobfold.submit.Part;
import org.jobfold.submit.Resources;
import org.jobfold.submit.Slurm;
import org.jobfold.submit.Submission;
import org.jobfold.submit.Submissions;
import org.jobfold.submit.Template;
import org.jobfold.submit.Way;
import org.jobfold.submit.Width;

/** Plans a submission: writes and submits nothing. */
final class Planning {
  /** What a site has that changes nothing. */
  private static final int USUAL_ARRAY_SIZE = 1001;

  /** From so many jobs on, an array is kinder. */
  private static final int MANY_JOBS = 200;

  /** For the start, and so that the warning before the end comes after the work. */
  private static final Duration AROUND = Duration.ofMinutes(4);

  private final Path root;
  private final JobTree tree;
  private final SlurmArguments slurm;
  private final WayArguments way;
  private final RunArguments how;
  private final LeftBefore before;
  private final Predicate<JobFolder> toRun;
  private final List<String> self;
  private final Slurm queue;
  private final List<String> notes = new ArrayList<>();

  /**
   * For a tree without problems.
   *
   * @param before what is left of earlier runs
   * @param self the words that start jobfold
   * @param queue asked what a site allows, once
   */
  Planning(
      Path root,
      JobTree tree,
      SlurmArguments slurm,
      WayArguments way,
      RunArguments how,
      LeftBefore before,
      List<String> self,
      Slurm queue) {
    this.root = root;
    this.tree = tree;
    this.slurm = slurm;
    this.way = way;
    this.how = how;
    this.before = before;
    this.toRun = before.toRun(tree, how.forcing());
    this.self = self;
    this.queue = queue;
  }

  /** The plan; the options are handed on to {@code jobfold run}. */
  SubmissionPlan plan(List<String> options) {
    return switch (way.way()) {
      case ASONE -> asone(options);
      case SCATTERED -> scattered(options, parts());
      case ARRAY -> array(options, parts());
    };
  }

  private SubmissionPlan asone(List<String> options) {
    Template template =
        how.keepsAlive() && slurm.isOneNode()
            ? Template.KEEPALIVE
            : slurm.isOneNode() ? Template.ONE_NODE : Template.SEVERAL_NODES;
    Resources resources = around(slurm.ofTree(treeName(), width()), "slurm-%j.out");
    return new SubmissionPlan(
        number(),
        Way.ASONE,
        file(),
        template.filled(resources, values(options)),
        List.of(Call.PLAIN),
        List.of(),
        before.start(),
        "submitted as one job of "
            + Words.count((int) tree.folders().stream().filter(toRun).count(), "folder")
            + left(),
        notes);
  }

  private SubmissionPlan array(List<String> options, List<Part> smallest) {
    int allowed = limits().arraySize().orElse(USUAL_ARRAY_SIZE) - 1;
    if (allowed < 1) {
      throw new RefusedException(
          List.of(Problem.of("--array", "the site allows no arrays: submit it '--scattered'")));
    }
    List<Part> parts = Division.grouped(smallest, Math.min(allowed, way.tasks().orElse(allowed)));
    Width width = parts.stream().map(Part::width).reduce(Width.NONE, Width::and);
    Optional<Duration> time = Optional.of(Duration.ZERO);
    for (Part part : parts) {
      time = time.flatMap(most -> part.time().map(t -> t.compareTo(most) > 0 ? t : most));
    }
    OptionalInt atMost = way.atMost();
    Resources resources =
        around(slurm.ofPart(treeName(), width, time.map(AROUND::plus)), "slurm-%A_%a.out")
            .with(
                "array", "1-" + parts.size() + (atMost.isPresent() ? "%" + atMost.getAsInt() : ""));
    return new SubmissionPlan(
        number(),
        Way.ARRAY,
        file(),
        Template.PARTS.filled(resources, values(options)),
        List.of(Call.PLAIN),
        parts,
        before.start(),
        "submitted as an array of " + Words.count(parts.size(), "task") + left(),
        notes);
  }

  private SubmissionPlan scattered(List<String> options, List<Part> parts) {
    OptionalInt allowed = parts.size() < 2 ? OptionalInt.empty() : limits().jobs();
    if (allowed.isPresent() && parts.size() > allowed.getAsInt()) {
      throw new RefusedException(
          List.of(
              Problem.of(
                  "--scattered",
                  "there would be "
                      + parts.size()
                      + " jobs, the whole site may have "
                      + allowed.getAsInt()
                      + ": submit it as an '--array'")));
    }
    if (parts.size() > MANY_JOBS) {
      notes.add(
          parts.size()
              + " jobs are as many calls of sbatch: an '--array' is one, and kinder to the site");
    }
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      Resources own = slurm.ofPart(treeName(), part.width(), part.time().map(AROUND::plus));
      List<String> words = new ArrayList<>();
      for (String option : SlurmArguments.OF_PARTS) {
        Optional.ofNullable(own.options().get(option))
            .ifPresent(value -> words.add("--" + option + "=" + value));
      }
      if (way.atMost().isPresent()) {
        int lane = i % way.atMost().getAsInt() + 1;
        words.add("--job-name=" + slurm.name(treeName()) + "." + number() + ".lane" + lane);
        words.add("--dependency=singleton");
      }
      words.addAll(own.others());
      calls.add(new Call(words, i + 1));
    }
    Resources common = slurm.ofPart(treeName(), Width.NONE, Optional.empty());
    return new SubmissionPlan(
        number(),
        Way.SCATTERED,
        file(),
        Template.PARTS.filled(around(common, "slurm-%j.out"), values(options)),
        calls,
        parts,
        before.start(),
        "submitted as " + Words.count(calls.size(), "job") + left(),
        notes);
  }

  private List<Part> parts() {
    List<Problem> problems = Division.problems(tree);
    if (!problems.isEmpty()) {
      throw new RefusedException(problems);
    }
    return Division.smallest(tree, toRun, how.maxtrials());
  }

  private String left() {
    return before.start() == Submission.Start.ANEW ? "" : " for what is left";
  }

  private Width width() {
    return tree.folders().stream().filter(toRun).map(Width::of).reduce(Width.NONE, Width::and);
  }

  private Slurm.Limits limits() {
    Slurm.Limits limits = queue.limits();
    if (limits.arraySize().isEmpty()) {
      notes.add("Slurm does not say what the site allows: taking what is usual");
    }
    return limits;
  }

  private Resources around(Resources resources, String output) {
    Resources more =
        resources
            .with("output", file().resolveSibling(output).toString())
            .with("open-mode", "append")
            .with("chdir", root.toString());
    return way.goesOn(how).equals("no") ? more : more.with("requeue", "");
  }

  private Map<String, String> values(List<String> options) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("tree", ShellWords.word(root.toString()));
    values.put("jobfold", "(" + ShellWords.line(self) + ")");
    values.put("options", "(" + ShellWords.line(options) + ")");
    values.put("again", way.goesOn(how));
    values.put("fruitless", String.valueOf(way.fruitless()));
    values.put("first", first());
    if (way.way() != Way.ASONE) {
      values.put("part", "(--part \"" + number() + ".${SLURM_ARRAY_TASK_ID:-$1}\")");
    }
    return values;
  }

  private String first() {
    return switch (before.start()) {
      case ANEW -> "(run)";
      case RESUME -> "(resume --begin)";
      case RETRY_FAILED -> "(resume --begin --retry-failed)";
    };
  }

  private String treeName() {
    Path name = root.getFileName();
    return name == null ? "jobfold" : name.toString().replaceAll("[^\\w.+-]", "_");
  }

  private int number() {
    return submissions().next();
  }

  private Path file() {
    return submissions().script(number());
  }

  private Submissions submissions() {
    return new Submissions(root.resolve(StateDirectory.NAME));
  }
}
