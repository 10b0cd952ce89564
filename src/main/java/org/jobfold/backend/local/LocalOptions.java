package org.jobfold.backend.local;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.comm.Host;

/**
 * How this host is used.
 *
 * @param ranks how many ranks it has, at least 1
 * @param mpi how a program is started through MPI on one host
 * @param across how one is started through MPI on several hosts
 * @param env variables set for each trial, under those of its folder
 * @param cores what ranks have of the cores of the hosts of an allocation; where a host is not
 *     there, nothing is said of its cores
 * @param gpus how the GPUs of hosts are shared out
 * @param doubt how long the end of a process by a signal that this program did not send is kept to
 *     itself: who ends all processes of a job, as a batch system does, ends a trial at the same
 *     time as this program, which may notice a moment later that the trial was not at fault
 */
public record LocalOptions(
    int ranks,
    MpiLine mpi,
    MpiLine across,
    SortedMap<String, String> env,
    SortedMap<Host, CoreShare> cores,
    GpuUse gpus,
    Duration doubt) {
  /** How long it is in a job of a batch system. */
  public static final Duration DOUBT = Duration.ofSeconds(1);

  /** Copies the maps; refuses a number of ranks below 1. */
  public LocalOptions {
    if (ranks < 1) {
      throw new IllegalArgumentException("this host can not have " + ranks + " ranks: give it 1");
    }
    env = Collections.unmodifiableSortedMap(new TreeMap<>(env));
    cores = Collections.unmodifiableSortedMap(new TreeMap<>(cores));
  }

  /**
   * A rank for each processor that this process may use: what its affinity, its control group and
   * so Slurm leave it.
   */
  public static LocalOptions allProcessors() {
    return ranks(Runtime.getRuntime().availableProcessors());
  }

  /** This many ranks, whatever the host has. */
  public static LocalOptions ranks(int count) {
    return new LocalOptions(
        count,
        MpiLine.DEFAULT,
        MpiLine.DEFAULT,
        Collections.emptySortedMap(),
        Collections.emptySortedMap(),
        GpuUse.NONE,
        Duration.ZERO);
  }

  /** The same with another MPI launch line, for one host and for several. */
  public LocalOptions withMpi(MpiLine line) {
    return new LocalOptions(ranks, line, line, env, cores, gpus, doubt);
  }

  /** The same with another MPI launch line for several hosts. */
  public LocalOptions withMpiAcross(MpiLine line) {
    return new LocalOptions(ranks, mpi, line, env, cores, gpus, doubt);
  }

  /** The same with other variables for each trial. */
  public LocalOptions withEnv(Map<String, String> variables) {
    return new LocalOptions(ranks, mpi, across, new TreeMap<>(variables), cores, gpus, doubt);
  }

  /** The same with what ranks have of the cores. */
  public LocalOptions withCores(Map<Host, CoreShare> shares) {
    return new LocalOptions(ranks, mpi, across, env, new TreeMap<>(shares), gpus, doubt);
  }

  /** The same with GPUs shared out in another way. */
  public LocalOptions withGpus(GpuUse use) {
    return new LocalOptions(ranks, mpi, across, env, cores, use, doubt);
  }

  /** The same with another doubt. */
  public LocalOptions withDoubt(Duration time) {
    return new LocalOptions(ranks, mpi, across, env, cores, gpus, time);
  }

  /** How many cores each rank has at least, on all hosts; 1 where that is not known. */
  public int coresPerRank() {
    return cores.values().stream().mapToInt(CoreShare::perRank).min().orElse(1);
  }
}
