package org.jobfold.backend.local;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How this host is used.
 *
 * @param ranks how many ranks it has, at least 1
 * @param mpi how a program is started through MPI
 * @param env variables set for each trial, under those of its folder
 */
public record LocalOptions(int ranks, MpiLine mpi, SortedMap<String, String> env) {
  /** Copies the map; refuses a number of ranks below 1. */
  public LocalOptions {
    if (ranks < 1) {
      throw new IllegalArgumentException("this host can not have " + ranks + " ranks: give it 1");
    }
    env = Collections.unmodifiableSortedMap(new TreeMap<>(env));
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
    return new LocalOptions(count, MpiLine.DEFAULT, Collections.emptySortedMap());
  }

  /** The same with another MPI launch line. */
  public LocalOptions withMpi(MpiLine line) {
    return new LocalOptions(ranks, line, env);
  }

  /** The same with other variables for each trial. */
  public LocalOptions withEnv(Map<String, String> variables) {
    return new LocalOptions(ranks, mpi, new TreeMap<>(variables));
  }
}
