package org.jobfold.allocation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The allocation that PBS Professional, OpenPBS or Torque describe: a file with a line for each
 * process, {@code PBS_NODEFILE}. A host is a rank for each of its lines.
 *
 * <p>Where a host has one line, it has as many cores as {@code NCPUS} (PBS Professional) says; else
 * one for each line. The end is not in the environment.
 */
final class PbsTexts {
  private PbsTexts() {}

  static boolean speaks(Map<String, String> variables) {
    Texts texts = new Texts(variables);
    return texts.has("PBS_JOBID") && texts.has("PBS_NODEFILE");
  }

  static Allocation read(Map<String, String> variables, NodeFile files) {
    Texts texts = new Texts(variables);
    String file =
        texts
            .text("PBS_NODEFILE")
            .orElseThrow(
                () ->
                    new UnreadableAllocation(
                        "PBS_NODEFILE", "it is not set: this is no job of PBS"));
    HostLines lines = HostLines.read("PBS_NODEFILE", file, files);
    refuseOtherCount(texts, lines);
    OptionalInt cores = texts.number("NCPUS");
    List<Node> nodes = new ArrayList<>();
    lines
        .perHost()
        .forEach(
            (host, count) ->
                nodes.add(Node.of(host, count, count == 1 ? Math.max(1, cores.orElse(1)) : count)));
    return new Allocation(
        BatchSystem.PBS, texts.text("PBS_JOBID").orElse(""), nodes, Optional.empty());
  }

  /** What Torque says beside the file. */
  private static void refuseOtherCount(Texts texts, HostLines lines) {
    OptionalInt processes = texts.number("PBS_NP");
    if (processes.isPresent() && processes.getAsInt() != lines.size()) {
      throw Texts.disagree(
          "PBS_NP",
          "it is " + processes.getAsInt() + ", and the file of hosts has " + lines.size());
    }
    OptionalInt perHost = texts.number("PBS_NUM_PPN");
    OptionalInt hosts = texts.number("PBS_NUM_NODES");
    boolean oneKind = lines.perHost().values().stream().distinct().count() == 1;
    if (processes.isEmpty()
        && oneKind
        && perHost.isPresent()
        && hosts.isPresent()
        && perHost.getAsInt() * hosts.getAsInt() != lines.size()) {
      throw Texts.disagree(
          "PBS_NUM_PPN",
          "%d on each of %d are not the %d in the file of hosts"
              .formatted(perHost.getAsInt(), hosts.getAsInt(), lines.size()));
    }
  }
}
