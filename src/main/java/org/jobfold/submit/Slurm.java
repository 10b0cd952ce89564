package org.jobfold.submit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is asked of Slurm, each time by one command with a time limit: never in a loop that waits
 * for something.
 *
 * <p>Not thread-safe.
 */
public final class Slurm {
  private static final Pattern RUNS = Pattern.compile("\\bJobState=RUNNING\\b");
  private static final Pattern PREEMPTED = Pattern.compile("\\bPreemptTime=[0-9]");
  private static final Duration SUBMIT = Duration.ofSeconds(60);
  private static final Duration ASK = Duration.ofSeconds(10);

  private final Commands commands;
  private int calls;

  /** By these commands. */
  public Slurm(Commands commands) {
    this.commands = commands;
  }

  /** How many commands it has run. */
  public int calls() {
    return calls;
  }

  /** What came of a submission. */
  public sealed interface Submitted {
    /** It is in the queue. */
    record Accepted(JobId job) implements Submitted {}

    /** It is not, or that is not known. */
    record Refused(String why) implements Submitted {}
  }

  /** The command that submits a script. */
  public static List<String> sbatch(List<String> options, Path script, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of("sbatch", "--parsable"));
    words.addAll(options);
    words.add(script.toString());
    words.addAll(arguments);
    return words;
  }

  /** Submits. */
  public Submitted submit(List<String> sbatch) {
    Commands.Said said = run(sbatch, SUBMIT);
    if (!said.trouble().isEmpty()) {
      return new Submitted.Refused(said.trouble());
    }
    return JobId.ofSbatch(((Commands.Ended) said).out())
        .<Submitted>map(Submitted.Accepted::new)
        .orElseGet(() -> new Submitted.Refused("sbatch named no job id"));
  }

  /** Cancels jobs, by one command; gives the trouble it had, empty if none. */
  public String cancel(Collection<JobId> jobs) {
    return run(scancel(List.of(), jobs), SUBMIT).trouble();
  }

  private static List<String> scancel(List<String> options, Collection<JobId> jobs) {
    List<String> words = new ArrayList<>(List.of("scancel"));
    words.addAll(options);
    jobs.stream()
        .map(JobId::cluster)
        .filter(cluster -> !cluster.isEmpty())
        .findFirst()
        .ifPresent(cluster -> words.add("--clusters=" + cluster));
    jobs.forEach(job -> words.add(job.number()));
    return words;
  }

  /**
   * Cancels what waits of these jobs, and leaves what runs alone, by one command; gives the trouble
   * it had, empty if none. That a job is not there any more is none.
   */
  public String cancelWaiting(Collection<JobId> jobs) {
    Commands.Said said = run(scancel(List.of("--state=PENDING"), jobs), SUBMIT);
    return said instanceof Commands.Ended ended
            && ended.err().lines().filter(line -> !line.isBlank()).allMatch(Slurm::saysGone)
            && (ended.code() == 0 || !ended.err().isBlank())
        ? ""
        : said.trouble();
  }

  private static boolean saysGone(String line) {
    return line.contains(Squeue.GONE);
  }

  /** Puts a job back into the queue; gives the trouble it had, empty if none. */
  public String requeue(String job) {
    return run(List.of("scontrol", "requeue", job), SUBMIT).trouble();
  }

  /**
   * Whether Slurm has said to a running job that it takes its nodes for another one; empty where
   * that is not known. One that it ends by itself, to start it again or not, does not run any more.
   */
  public Optional<Boolean> isPreempted(String job) {
    Commands.Said said = run(List.of("scontrol", "show", "job", job), ASK);
    if (!(said instanceof Commands.Ended ended) || ended.code() != 0) {
      return Optional.empty();
    }
    return Optional.of(RUNS.matcher(ended.out()).find() && PREEMPTED.matcher(ended.out()).find());
  }

  /** Which of these jobs are there, and how far; empty where that is not known. */
  public Optional<List<Task>> look(Collection<JobId> jobs) {
    return jobs.isEmpty() ? Optional.of(List.of()) : Squeue.tasks(run(Squeue.words(jobs), ASK));
  }

  /** What a site allows; asked once. */
  public Limits limits() {
    Commands.Said said = run(List.of("scontrol", "show", "config"), ASK);
    String text = said instanceof Commands.Ended ended && ended.code() == 0 ? ended.out() : "";
    return new Limits(value(text, "MaxArraySize"), value(text, "MaxJobCount"));
  }

  /**
   * What a site allows, as far as it is known.
   *
   * @param arraySize one more than the highest index of an array
   * @param jobs how many jobs there may be at a time, of all users
   */
  public record Limits(OptionalInt arraySize, OptionalInt jobs) {}

  private static OptionalInt value(String config, String key) {
    Matcher found =
        Pattern.compile("(?m)^\\s*" + key + "\\s*=\\s*([0-9]{1,9})\\s*$").matcher(config);
    return found.find() ? OptionalInt.of(Integer.parseInt(found.group(1))) : OptionalInt.empty();
  }

  private Commands.Said run(List<String> words, Duration limit) {
    calls++;
    return commands.run(words, limit);
  }
}
