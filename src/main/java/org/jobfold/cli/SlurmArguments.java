package org.jobfold.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Stack;
import org.jobfold.folder.Durations;
import org.jobfold.folder.Problem;
import org.jobfold.submit.Resources;
import org.jobfold.submit.SlurmTime;
import org.jobfold.submit.Width;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What a batch job asks Slurm for. */
final class SlurmArguments {
  private static final String GPUS_PER_NODE = "gpus-per-node";

  /** What is another for each part of a tree. */
  static final List<String> OF_PARTS = List.of("ntasks", "cpus-per-task", GPUS_PER_NODE, "time");

  @Option(names = "--nodes", paramLabel = "N", description = "How many nodes (default: 1).")
  private @Nullable Integer nodes;

  @Option(
      names = "--ntasks",
      paramLabel = "N",
      description =
          "How many tasks: as many ranks jobfold has. Without it and --ntasks-per-node, the nodes are taken as a whole.")
  private @Nullable Integer ntasks;

  @Option(names = "--ntasks-per-node", paramLabel = "N", description = "How many tasks a node.")
  private @Nullable Integer ntasksPerNode;

  @Option(
      names = "--cpus-per-task",
      paramLabel = "N",
      description =
          "How many cores a task. Without it, where tasks are asked for, as many as the 'threads' of the folders need.")
  private @Nullable Integer cpusPerTask;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description =
          "How long a job may take: '8h', or as Slurm writes it, '8:00:00'. Without it, what the partition gives; scattered, what 'timeout' and 'maxtrials' of its folders come to.")
  private @Nullable String time;

  @Option(names = "--mem", paramLabel = "SIZE", description = "Memory a node, such as 4G.")
  private @Nullable String mem;

  @Option(
      names = "--gpus",
      paramLabel = "SPEC",
      description =
          "GPUs of a job, such as 4 or a100:2. Without it, as many on each node as the 'gpus' of a folder need.")
  private @Nullable String gpus;

  @Option(names = "--partition", paramLabel = "NAME", description = "The partition.")
  private @Nullable String partition;

  @Option(names = "--account", paramLabel = "NAME", description = "The account that pays.")
  private @Nullable String account;

  @Option(names = "--qos", paramLabel = "NAME", description = "The quality of service.")
  private @Nullable String qos;

  @Option(
      names = "--constraint",
      paramLabel = "FEATURES",
      description = "Features that the nodes must have.")
  private @Nullable String constraint;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The name of the jobs (default: that of the tree's directory).")
  private @Nullable String name;

  @Option(
      names = "--signal",
      paramLabel = "SPEC",
      defaultValue = "B:USR1@120",
      description =
          "When the batch script is warned of the end of its time: what runs is interrupted then (default: ${DEFAULT-VALUE}, 120 seconds before).")
  private String signal = "B:USR1@120";

  @Option(
      names = "--sbatch",
      paramLabel = "OPTION",
      parameterConsumer = AsItIs.class,
      description =
          "An option of sbatch as it is, such as --sbatch=--exclude=n7; wins over all others. May be given several times.")
  private List<String> others = new ArrayList<>();

  /** Takes what looks like an option of jobfold's own, too. */
  static final class AsItIs implements CommandLine.IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> words, ArgSpec argument, CommandSpec command) {
      if (words.isEmpty()) {
        throw new CommandLine.ParameterException(
            command.commandLine(), "option '--sbatch' has no value: write --sbatch=OPTION");
      }
      List<String> all = new ArrayList<>();
      List<String> before = argument.getValue();
      if (before != null) {
        all.addAll(before);
      }
      all.add(words.pop());
      argument.setValue(all);
    }
  }

  /** What is wrong with them. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    if (time != null && time(time).isEmpty()) {
      problems.add(
          Problem.of("--time", "'" + time + "' is no time: write it like '8h' or '8:00:00'"));
    }
    if (!signal.matches("B:(SIG)?USR1(@[0-9]{1,5})?")) {
      problems.add(
          Problem.of(
              "--signal",
              "'" + signal + "' is not what the script waits for: write 'B:USR1@SECONDS'"));
    }
    for (String other : others) {
      if (!other.matches("--?[A-Za-z][^\\n\\r]*")) {
        problems.add(
            Problem.of(
                "--sbatch", "'" + other + "' is no option: write it like '--sbatch=--exclusive'"));
      }
    }
    plain()
        .forEach(
            (option, value) -> {
              if (value.isBlank() || value.chars().anyMatch(c -> c < ' ')) {
                problems.add(Problem.of("--" + option, "it is empty, or has more than one line"));
              }
            });
    return problems;
  }

  /** For one job that runs the whole tree. */
  Resources ofTree(String treeName, Width width) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("job-name", name(treeName));
    options.put("nodes", String.valueOf(nodes == null ? 1 : nodes));
    put(options, "ntasks", ntasks);
    put(options, "ntasks-per-node", ntasksPerNode);
    if (ntasks == null && ntasksPerNode == null) {
      options.put("exclusive", "");
    }
    givenTime().ifPresent(t -> options.put("time", t));
    return rest(options, width, options.containsKey("exclusive") ? 1 : width.threads());
  }

  /** For a job that runs a part of it, so wide unless the user says otherwise. */
  Resources ofPart(String treeName, Width width, Optional<Duration> needed) {
    int cores =
        cpusPerTask != null
            ? cpusPerTask
            : ranks().isPresent() ? width.threads() : width.coresPerTask();
    Map<String, String> options = new LinkedHashMap<>();
    options.put("job-name", name(treeName));
    options.put("nodes", String.valueOf(nodes == null ? 1 : nodes));
    put(options, "ntasks-per-node", ntasksPerNode);
    if (ntasks != null || ntasksPerNode == null) {
      options.put("ntasks", String.valueOf(ntasks == null ? width.tasks(cores) : ntasks));
    }
    givenTime().or(() -> needed.map(SlurmTime::text)).ifPresent(t -> options.put("time", t));
    return rest(options, width, cores);
  }

  /** The rest; the cores of a task are those that the folders need. */
  private Resources rest(Map<String, String> options, Width width, int cores) {
    if (cpusPerTask != null || cores > 1) {
      put(options, "cpus-per-task", cpusPerTask == null ? cores : cpusPerTask);
    }
    options.putAll(plain());
    if (gpus == null && width.gpus() > 0) {
      options.put(GPUS_PER_NODE, String.valueOf(width.gpus()));
    }
    options.put("signal", signal);
    return new Resources(options, others);
  }

  private Map<String, String> plain() {
    Map<String, String> options = new LinkedHashMap<>();
    put(options, "mem", mem);
    put(options, "gpus", gpus);
    put(options, "partition", partition);
    put(options, "account", account);
    put(options, "qos", qos);
    put(options, "constraint", constraint);
    return options;
  }

  /** The name of the jobs. */
  String name(String treeName) {
    return name == null ? treeName : name;
  }

  /** Whether a job has one node. */
  boolean isOneNode() {
    return nodes == null || nodes == 1;
  }

  /** How many ranks a job has, where that is said. */
  OptionalInt ranks() {
    if (ntasks != null) {
      return OptionalInt.of(ntasks);
    }
    return ntasksPerNode == null
        ? OptionalInt.empty()
        : OptionalInt.of(ntasksPerNode * (nodes == null ? 1 : nodes));
  }

  private Optional<String> givenTime() {
    return time == null ? Optional.empty() : time(time);
  }

  private static Optional<String> time(String text) {
    if (SlurmTime.isOwn(text)) {
      return Optional.of(text);
    }
    try {
      return Optional.of(SlurmTime.text(Durations.parse(text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void put(Map<String, String> options, String name, @Nullable Object value) {
    if (value != null) {
      options.put(name, value.toString());
    }
  }
}
