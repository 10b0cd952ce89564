package org.jobfold.submit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The question {@code squeue}: which jobs are there, and how far. One call for any number of them.
 */
final class Squeue {
  private static final Pattern ID = Pattern.compile("([0-9]+)(?:\\+[0-9]+)?(?:_(.+))?");
  private static final Pattern RANGE = Pattern.compile("([0-9]+)(?:-([0-9]+)(?::([0-9]+))?)?");
  static final String GONE = "Invalid job id specified";

  private Squeue() {}

  /** The command; jobs that have ended lately are told too. */
  static List<String> words(Collection<JobId> jobs) {
    List<String> words = new ArrayList<>(List.of("squeue", "--noheader", "--states=all"));
    jobs.stream()
        .map(JobId::cluster)
        .filter(cluster -> !cluster.isEmpty())
        .findFirst()
        .ifPresent(cluster -> words.add("--clusters=" + cluster));
    words.add("--jobs=" + String.join(",", jobs.stream().map(JobId::number).toList()));
    words.add("--format=%i|%T|%r");
    return words;
  }

  /**
   * What an answer means. One that failed, that is empty, or that has a line of another form, means
   * nothing: that a job is not there is believed only if others are, or if Slurm says it in words.
   *
   * @return the jobs that are there; empty where nothing is known
   */
  static Optional<List<Task>> tasks(Commands.Said said) {
    if (!(said instanceof Commands.Ended ended)) {
      return Optional.empty();
    }
    if (ended.code() != 0) {
      return ended.err().contains(GONE) ? Optional.of(List.of()) : Optional.empty();
    }
    List<Task> tasks = new ArrayList<>();
    for (String line : ended.out().lines().filter(each -> !each.isBlank()).toList()) {
      String[] parts = line.strip().split("\\|", 3);
      Matcher id = ID.matcher(parts[0]);
      if (id.matches() && parts.length == 3) {
        String reason = parts[2].strip();
        tasks.add(
            new Task(
                id.group(1),
                id.group(2) == null ? 1 : count(id.group(2)),
                Task.phase(parts[1]),
                parts[1],
                reason.equals("None") ? "" : reason));
      } else if (!line.startsWith("CLUSTER:")) {
        return Optional.empty();
      }
    }
    return tasks.isEmpty() ? Optional.empty() : Optional.of(tasks);
  }

  /** How many tasks {@code 5} or {@code [1,3-9:2%4]} are; one that is cut off ends with dots. */
  private static int count(String tasks) {
    int count = 0;
    for (String part : tasks.replaceAll("[\\[\\]]|%.*|\\.\\.\\.", "").split(",", -1)) {
      Matcher range = RANGE.matcher(part);
      if (range.matches()) {
        int from = Integer.parseInt(range.group(1));
        int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
        int step = range.group(3) == null ? 1 : Math.max(1, Integer.parseInt(range.group(3)));
        count += (to - from) / step + 1;
      }
    }
    return Math.max(1, count);
  }
}
