package org.jobfold.backend.slurm;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jobfold.backend.local.MpiLine;
import org.jobfold.comm.Host;

/**
 * What is said to Slurm's commands, and how their answers are read. It starts nothing.
 *
 * <p>Whatever is left out of an srun line is taken from the variables of the job, and surprises: so
 * all is said, and srun gets an environment without those variables.
 */
public final class SlurmQuestions {
  private static final Pattern END = Pattern.compile("(?:^|\\s)EndTime=(\\S+)");
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]*");

  /**
   * What lets a step share the nodes with others. Without {@code --overlap} it takes its cores away
   * from the steps that come later, or waits for theirs; without {@code --mem=0} it takes all
   * memory. {@code --exact} is not there on purpose: it would confine the step to the cores that
   * the line names.
   */
  private static final List<String> SHARING =
      List.of("--overlap", "--mem=0", "--cpu-bind=none", "--export=ALL");

  private SlurmQuestions() {}

  /** Asks when a job ends. */
  public static List<String> endOf(String job) {
    return List.of("scontrol", "show", "job", "-o", job);
  }

  /**
   * When a job ends, from what {@code scontrol show job -o} says.
   *
   * @param zone of the host that it was asked on
   * @return nothing if that is not known or never
   */
  public static Optional<Instant> end(String answer, ZoneId zone) {
    Matcher end = END.matcher(answer);
    if (!end.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDateTime.parse(end.group(1)).atZone(zone).toInstant());
    } catch (DateTimeException e) {
      // 'Unknown', 'NONE'
      return Optional.empty();
    }
  }

  /** Asks by which interfaces srun can start MPI programs. */
  public static List<String> mpiTypes() {
    return List.of("srun", "--mpi=list");
  }

  /** Their names, from what {@code srun --mpi=list} says. */
  public static Set<String> mpiTypes(String answer) {
    Set<String> types = new TreeSet<>();
    for (String line : answer.split("\n", -1)) {
      // Slurm 20 to 22.05 has a name a line, after 'srun: ' in the older ones.
      String word = line.strip().replaceFirst("^srun:\\s*", "");
      if (TYPE.matcher(word).matches()) {
        types.add(word);
      }
    }
    return types;
  }

  /** Starts one command on each host, which all read the same input. */
  public static List<String> agents(List<Host> hosts, List<String> command) {
    List<String> line = new ArrayList<>();
    line.add("srun");
    line.addAll(SHARING);
    line.addAll(
        List.of(
            "--nodes=" + hosts.size(),
            "--ntasks=" + hosts.size(),
            "--ntasks-per-node=1",
            "--cpus-per-task=1",
            "--nodelist=" + hosts.stream().map(Host::name).collect(Collectors.joining(",")),
            "--kill-on-bad-exit=0",
            "--no-kill",
            "--mpi=none",
            "--input=all",
            "--job-name=jobfold-agents",
            "--quiet"));
    line.addAll(command);
    return line;
  }

  /**
   * The line that starts MPI programs over several hosts.
   *
   * @param type by which interface
   */
  public static MpiLine launch(String type) {
    return MpiLine.parse(
        "srun "
            + String.join(" ", SHARING)
            + " --nodes={nodes} --ntasks={ranks} --cpus-per-task={threads} --distribution=arbitrary"
            + " --nodelist={machinefile} --kill-on-bad-exit=1 --mpi="
            + type
            + " {command}");
  }

  /**
   * The interface by which programs of an MPI library are started.
   *
   * @param version what {@code mpirun --version} says; empty where there is none
   * @param types those that srun has
   * @return nothing if srun can not start them
   */
  public static Optional<String> mpiType(String version, Set<String> types) {
    boolean openMpi = version.contains("Open MPI") || version.contains("OpenRTE");
    boolean hydra = version.contains("HYDRA") || version.contains("Intel(R) MPI");
    // MPICH's own interface is that of PMI2; what says nothing of itself is most likely PMIx.
    List<String> wanted = hydra && !openMpi ? List.of("pmi2", "pmix") : List.of("pmix", "pmi2");
    return wanted.stream().filter(types::contains).findFirst();
  }
}
