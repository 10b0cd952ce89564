package org.jobfold.schedule;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.jobfold.spi.Verdict;

/**
 * Jobs per second of a scheduler whose jobs do nothing, inside this process: how many jobs, how
 * many at a time, and how often are its arguments. Prints one figure a round, and the processor
 * time of each job in microseconds, of all threads.
 */
final class SchedulerBench {
  private SchedulerBench() {}

  /** Runs the jobs. */
  public static void main(String[] arguments) throws InterruptedException {
    int jobs = Integer.parseInt(arguments[0]);
    int tokens = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    List<Vertex<Integer, String>> vertices = new ArrayList<>(jobs);
    for (int i = 0; i < jobs; i++) {
      vertices.add(Vertex.of(i, ""));
    }
    Dag<Integer, String> dag = new Dag<>();
    dag.addAll(vertices);
    Job nothing = Job.call(run -> {});
    Scheduler<Integer, String> scheduler =
        Scheduler.of(dag, (vertex, before) -> nothing)
            .collector((vertex, job, result) -> new Verdict.Accept())
            .tokens(tokens)
            .build();
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      long cpu = cpu();
      int done = scheduler.run().size();
      double seconds = (System.nanoTime() - start) / 1e9;
      if (done != jobs) {
        throw new IllegalStateException("only " + done + " are done");
      }
      System.out.printf("%.0f %.2f%n", jobs / seconds, (cpu() - cpu) / 1e3 / jobs);
    }
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
