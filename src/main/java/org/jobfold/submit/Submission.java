package org.jobfold.submit;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was given to Slurm by one {@code jobfold submit}.
 *
 * @param number counted from 1 in each tree; the highest counts
 * @param at when it was begun
 * @param way in which way
 * @param planned how many batch jobs it is to have
 * @param parts the number of the set of parts that its jobs run; 0 where they run the whole tree
 * @param jobs its batch jobs as far as they are recorded, successors too
 * @param start where its first start begins
 * @param epoch the number of the tree's journal when it was submitted; 0 if there was none. While
 *     that is the newest, no job of it has begun to run the whole tree
 * @param end whether all of them were submitted
 * @param withdrawn why it does not count any more: a job of it that begins later does nothing;
 *     empty while it counts
 */
public record Submission(
    int number,
    Instant at,
    Way way,
    int planned,
    int parts,
    List<Job> jobs,
    Start start,
    int epoch,
    End end,
    Optional<String> withdrawn) {
  /** Copies the list. */
  public Submission {
    jobs = List.copyOf(jobs);
  }

  /** Where the first start of a submission begins; later ones go on. */
  public enum Start {
    /** With nothing: all folders run. */
    ANEW("anew"),
    /** Where the last run of the tree has ended. */
    RESUME("resume"),
    /** The same, and folders that had failed for good have all their trials once more. */
    RETRY_FAILED("retry-failed");

    private final String word;

    Start(String word) {
      this.word = word;
    }

    /** As it is written down. */
    public String word() {
      return word;
    }

    static Start of(String word) {
      return Arrays.stream(values())
          .filter(start -> start.word.equals(word))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no start"));
    }
  }

  /** What came of submitting. */
  public enum End {
    /** It goes on, or was broken off. */
    OPEN,
    /** All jobs were submitted. */
    WHOLE,
    /** One could not be, and those before it were cancelled. */
    CANCELLED
  }

  /**
   * A batch job.
   *
   * @param id what Slurm calls it
   * @param part which part it runs; 0 if it runs all, or all parts
   */
  public record Job(JobId id, int part) {}

  /** Whether it has a job of this number. */
  public boolean hasJob(String number) {
    return jobs.stream().anyMatch(job -> job.id().number().equals(number));
  }

  /** What Slurm calls its jobs. */
  public List<JobId> ids() {
    return jobs.stream().map(Job::id).toList();
  }

  /** The numbers of its jobs, for people. */
  public String numbers() {
    String some =
        jobs.stream().limit(5).map(job -> job.id().number()).collect(Collectors.joining(", "));
    return jobs.size() > 5
        ? some + " ... " + jobs.get(jobs.size() - 1).id().number() + " (" + jobs.size() + ")"
        : some;
  }
}
