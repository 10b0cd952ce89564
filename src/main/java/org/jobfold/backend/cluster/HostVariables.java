package org.jobfold.backend.cluster;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The variables of the environment that are a host's own, and are not handed on to the others; all
 * others are, so that a folder finds the same ones wherever it runs.
 */
final class HostVariables {
  private static final Set<String> NAMES =
      Set.of(
          "HOST",
          "HOSTNAME",
          "SLURMD_NODENAME",
          "SLURM_NODEID",
          "SLURM_PROCID",
          "SLURM_LOCALID",
          "SLURM_TASK_PID",
          "SLURM_TOPOLOGY_ADDR",
          "XDG_RUNTIME_DIR",
          "XDG_SESSION_ID",
          "JOBFOLD_RUN",
          "JOBFOLD_PROCESS");

  private HostVariables() {}

  static boolean isOne(String name) {
    return NAMES.contains(name) || name.startsWith("SSH_");
  }

  /** Those that are handed on. */
  static SortedMap<String, String> without(Map<String, String> environment) {
    SortedMap<String, String> rest = new TreeMap<>(environment);
    rest.keySet().removeIf(HostVariables::isOne);
    return rest;
  }
}
