package org.jobfold.submit;

import java.time.Instant;
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
    End end,
    Optional<String> withdrawn) {
  /** Copies the list. */
  public Submission {
    jobs = List.copyOf(jobs);
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
