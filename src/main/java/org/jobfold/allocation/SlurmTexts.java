package org.jobfold.allocation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jobfold.comm.Host;

/**
 * The allocation that Slurm (20 to 24) describes in the environment of a batch script, of {@code
 * salloc}, or of a step.
 *
 * <p>Ranks are the tasks that the user has asked for, where that was done ({@code --ntasks}, {@code
 * --ntasks-per-node}); else as many as there are processors for, given {@code --cpus-per-task}. In
 * a step, which is what {@code srun} starts, the allocation is what the step has; the step in which
 * {@code salloc} may start its shell stands for the whole job.
 *
 * <p>Source of the names: the manual pages of sbatch, salloc and srun.
 */
final class SlurmTexts {
  private static final String NODES = "SLURM_JOB_NODELIST";

  /** Steps from here on are Slurm's own: those of batch scripts and interactive shells. */
  private static final long FIRST_RESERVED_STEP = 0xfffffff0L;

  private static final Pattern GPUS = Pattern.compile("(?:.*[:=])?(\\d{1,6})(?:\\(.*\\))?");

  private final Map<String, String> variables;
  private final Texts texts;

  private SlurmTexts(Map<String, String> variables) {
    this.variables = variables;
    this.texts = new Texts(variables);
  }

  /** Whether these are the variables of a job. */
  static boolean speaks(Map<String, String> variables) {
    Texts texts = new Texts(variables);
    return texts.first("SLURM_JOB_ID", "SLURM_JOBID").isPresent()
        && texts.first(NODES, "SLURM_NODELIST").isPresent();
  }

  /**
   * Reads it.
   *
   * @throws UnreadableAllocation if the texts do not go together
   */
  static Allocation read(Map<String, String> variables) {
    return new SlurmTexts(variables).allocation();
  }

  private Allocation allocation() {
    String job =
        texts
            .first("SLURM_JOB_ID", "SLURM_JOBID")
            .flatMap(texts::text)
            .orElseThrow(
                () ->
                    new UnreadableAllocation(
                        "SLURM_JOB_ID", "it is not set: this is no job of Slurm"));
    if (texts.number("SLURM_HET_SIZE").orElse(0) > 1) {
      throw new UnreadableAllocation(
          "SLURM_HET_SIZE",
          "the job has several components, which are allocations of their own: ask for one, or say"
              + " '--allocation local' to use this host alone");
    }
    List<Node> nodes = isStep() ? step() : job();
    Optional<Instant> end =
        texts.large("SLURM_JOB_END_TIME").stream()
            .filter(seconds -> seconds > 0)
            .mapToObj(Instant::ofEpochSecond)
            .findFirst();
    return new Allocation(BatchSystem.SLURM, job, nodes, end);
  }

  private boolean isStep() {
    OptionalLong step =
        texts.first("SLURM_STEP_ID", "SLURM_STEPID").map(texts::large).orElse(OptionalLong.empty());
    return step.isPresent()
        && step.getAsLong() < FIRST_RESERVED_STEP
        && texts.has("SLURM_STEP_NODELIST");
  }

  private List<Node> job() {
    String nodelist = texts.first(NODES, "SLURM_NODELIST").orElse(NODES);
    List<String> hosts = hosts(nodelist);
    List<Integer> cores = perNode("SLURM_JOB_CPUS_PER_NODE", hosts.size());
    List<Integer> tasks = perNode("SLURM_TASKS_PER_NODE", hosts.size());
    int each = Math.max(1, texts.number("SLURM_CPUS_PER_TASK").orElse(1));
    for (String count : List.of("SLURM_JOB_NUM_NODES", "SLURM_NNODES")) {
      OptionalInt number = texts.number(count);
      if (number.isPresent() && number.getAsInt() != hosts.size()) {
        throw Texts.disagree(
            count, "it is " + number.getAsInt() + ", and '" + nodelist + "' names " + hosts.size());
      }
    }
    if (cores.isEmpty() && tasks.isEmpty()) {
      OptionalInt here = texts.number("SLURM_CPUS_ON_NODE");
      if (hosts.size() > 1 || here.isEmpty()) {
        throw Texts.disagree(
            "SLURM_JOB_CPUS_PER_NODE", "it is not set, and neither is 'SLURM_TASKS_PER_NODE'");
      }
      cores = List.of(here.getAsInt());
    }
    if (cores.isEmpty()) {
      cores = tasks.stream().map(count -> count * each).toList();
    }
    OptionalInt wanted = tasks("SLURM_NTASKS", "SLURM_NPROCS");
    if (wanted.isEmpty()) {
      return nodes(hosts, cores.stream().map(c -> Math.max(1, c / each)).toList(), cores);
    }
    if (tasks.isEmpty()) {
      throw Texts.disagree(
          "SLURM_TASKS_PER_NODE", "it is not set, and 'SLURM_NTASKS' is " + wanted.getAsInt());
    }
    refuseSum("SLURM_NTASKS", wanted.getAsInt(), "SLURM_TASKS_PER_NODE", tasks);
    return nodes(hosts, tasks, cores);
  }

  private List<Node> step() {
    int task = texts.number("SLURM_PROCID").orElse(0);
    if (task > 0) {
      throw new UnreadableAllocation(
          "SLURM_PROCID",
          "this is task "
              + task
              + " of a step that srun has started: start jobfold once, in the batch script or by"
              + " 'srun -n 1'");
    }
    List<String> hosts = hosts("SLURM_STEP_NODELIST");
    List<Integer> tasks = perNode("SLURM_STEP_TASKS_PER_NODE", hosts.size());
    if (tasks.isEmpty()) {
      throw Texts.disagree("SLURM_STEP_TASKS_PER_NODE", "it is not set, and this is a step");
    }
    OptionalInt wanted = tasks("SLURM_STEP_NUM_TASKS");
    if (wanted.isPresent()) {
      refuseSum("SLURM_STEP_NUM_TASKS", wanted.getAsInt(), "SLURM_STEP_TASKS_PER_NODE", tasks);
    }
    int each = Math.max(1, texts.number("SLURM_CPUS_PER_TASK").orElse(1));
    int here = texts.number("SLURM_CPUS_ON_NODE").orElse(0);
    List<Integer> cores =
        hosts.size() == 1 && here > 0
            ? List.of(here)
            : tasks.stream().map(count -> count * each).toList();
    return nodes(hosts, tasks, cores);
  }

  private List<Node> nodes(List<String> hosts, List<Integer> ranks, List<Integer> cores) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      // A host that tasks were not laid on, or whose processors are all shared, is still there.
      int own = Math.max(1, ranks.get(i));
      int count = Math.max(1, cores.get(i));
      List<String> gpus = gpus(hosts.get(i), i, own);
      nodes.add(new Node(new Host(hosts.get(i)), own, count, memory(count, gpus.size()), gpus));
    }
    return nodes;
  }

  private List<String> hosts(String variable) {
    List<String> hosts =
        texts
            .read(variable, HostList::names)
            .orElseThrow(() -> Texts.disagree(variable, "it is not set, and this is a job"));
    if (hosts.stream().distinct().count() < hosts.size()) {
      throw Texts.disagree(variable, "it names a host twice");
    }
    return hosts;
  }

  private List<Integer> perNode(String variable, int hosts) {
    List<Integer> counts = texts.read(variable, Counts::of).orElse(Collections.emptyList());
    if (!counts.isEmpty() && counts.size() != hosts) {
      throw Texts.disagree(
          variable, "it is for " + counts.size() + " hosts, and the job has " + hosts);
    }
    return counts;
  }

  private OptionalInt tasks(String... names) {
    return texts.first(names).map(texts::number).orElse(OptionalInt.empty());
  }

  private static void refuseSum(String total, int wanted, String each, List<Integer> counts) {
    int sum = counts.stream().mapToInt(c -> c).sum();
    if (sum != wanted) {
      throw Texts.disagree(
          total, "it is " + wanted + ", and the numbers of '" + each + "' add up to " + sum);
    }
  }

  private OptionalLong memory(int cores, int gpus) {
    OptionalLong all = texts.large("SLURM_MEM_PER_NODE");
    OptionalLong core = texts.large("SLURM_MEM_PER_CPU");
    OptionalLong gpu = texts.large("SLURM_MEM_PER_GPU");
    long megabytes =
        all.isPresent() ? all.getAsLong() : core.orElse(0) * cores + gpu.orElse(0) * gpus;
    // 0 is said for all that the host has.
    return megabytes == 0 ? OptionalLong.empty() : OptionalLong.of(megabytes);
  }

  /** Where this program runs, which is the first host if nothing is said, the ids are known. */
  private List<String> gpus(String host, int index, int ranks) {
    boolean here = texts.text("SLURMD_NODENAME").map(host::equals).orElse(index == 0);
    List<String> ids = here ? VisibleGpus.ids(variables) : List.of();
    return ids.isEmpty() ? VisibleGpus.numbered(gpuCount(ranks)) : ids;
  }

  private int gpuCount(int ranks) {
    Optional<Integer> node = texts.read("SLURM_GPUS_PER_NODE", SlurmTexts::gpuCount);
    Optional<Integer> task = texts.read("SLURM_GPUS_PER_TASK", SlurmTexts::gpuCount);
    return node.or(() -> task.map(each -> each * ranks))
        .or(() -> texts.read("SLURM_GPUS_ON_NODE", SlurmTexts::gpuCount))
        .orElse(0);
  }

  /** {@code 2}, {@code a100:2}, or kinds with commas between. */
  private static int gpuCount(String text) {
    int sum = 0;
    for (String kind : text.split(",", -1)) {
      Matcher gpus = GPUS.matcher(kind);
      // A kind without a number is one of it.
      sum += gpus.matches() ? Integer.parseInt(gpus.group(1)) : 1;
    }
    return sum;
  }
}
