package org.jobfold.submit;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the jobs of a submission stand in the queue.
 *
 * @param known whether Slurm has answered; if not, all numbers are 0
 * @param queued tasks that wait
 * @param running tasks that run
 * @param over jobs that have ended, or that Slurm does not know any more
 * @param unknown tasks in a state that jobfold does not know
 * @param reasons why tasks wait, in Slurm's words, with how many do
 */
public record QueueStanding(
    Known known,
    int queued,
    int running,
    int over,
    int unknown,
    SortedMap<String, Integer> reasons) {
  /** Whether Slurm has answered. */
  public enum Known {
    /** It has. */
    YES,
    /** It has not, or not in a way that can be read. */
    NO
  }

  /** How far all of it is. */
  public enum Phase {
    /** Something of it runs. */
    RUNNING,
    /** Something of it waits, and nothing runs. */
    QUEUED,
    /** Nothing of it is in the queue. */
    OVER,
    /** That can not be said now. */
    UNKNOWN
  }

  /** Of these jobs, by an answer. */
  public static QueueStanding of(Collection<JobId> jobs, Optional<List<Task>> answer) {
    SortedMap<String, Integer> reasons = new TreeMap<>();
    if (answer.isEmpty()) {
      return new QueueStanding(Known.NO, 0, 0, 0, 0, reasons);
    }
    int queued = 0;
    int running = 0;
    int unknown = 0;
    Set<String> alive = new HashSet<>();
    for (Task task : answer.get()) {
      if (task.phase() != Task.Phase.OVER) {
        alive.add(task.job());
      }
      switch (task.phase()) {
        case QUEUED -> {
          queued += task.tasks();
          if (!task.reason().isEmpty()) {
            reasons.merge(task.reason(), task.tasks(), Integer::sum);
          }
        }
        case RUNNING -> running += task.tasks();
        case UNKNOWN -> unknown += task.tasks();
        case OVER -> {}
      }
    }
    int over = (int) jobs.stream().filter(job -> !alive.contains(job.number())).count();
    return new QueueStanding(Known.YES, queued, running, over, unknown, reasons);
  }

  /** How far all of it is. */
  public Phase phase() {
    if (running > 0) {
      return Phase.RUNNING;
    }
    if (queued > 0) {
      return Phase.QUEUED;
    }
    return known == Known.NO || unknown > 0 ? Phase.UNKNOWN : Phase.OVER;
  }
}
