package org.jobfold.backend.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jobfold.comm.Placement;
import org.jobfold.folder.ShellWords;

/**
 * What an MPI program over several hosts runs through on each of them, so that it finds there the
 * variables that differ between hosts, or that its launcher would not hand on: a shell that sets
 * them and becomes the program.
 */
final class HostScript {
  /** Nothing is to be set. */
  static final HostScript NONE = new HostScript(List.of());

  /** A host is known by its own name; by Slurm's where several nodes are on one machine. */
  private static final String FIND =
      "unset g; for h in \"$(uname -n)\" \"${SLURMD_NODENAME:-}\"; do case $h in %sesac; done";

  private static final String UNKNOWN =
      "if [ -z \"${g+x}\" ]; then echo \"jobfold: '$(uname -n)' is none of the hosts '%s', so its"
          + " GPUs are not known: call hosts by their own names\" >&2; exit 1; fi";

  /** The ids at these places, of those that the launcher of the program has left on this host. */
  private static final String SEEN =
      "g=$(awk -v p=\"$g\" -v s=\"${CUDA_VISIBLE_DEVICES:-${ROCR_VISIBLE_DEVICES:-}}\" 'BEGIN {"
          + " n = split(p, place, \",\"); m = split(s, seen, \",\");"
          + " if (s !~ /^([0-9]|GPU-|MIG-)/) m = 0;"
          + " for (i = 1; i <= n; i++) printf \"%s%s\", (i > 1 ? \",\" : \"\"),"
          + " (place[i] + 1 <= m ? seen[place[i] + 1] : place[i]) }')";

  /** AMD's runtime counts those anew that are left. */
  private static final String COUNT =
      "n=$g; if [ -e /dev/kfd ]; then n=$(awk -v p=\"$g\" 'BEGIN { m = split(p, place, \",\");"
          + " for (i = 0; i < m; i++) printf \"%s%d\", (i > 0 ? \",\" : \"\"), i }'); fi";

  private final List<String> lines;

  private HostScript(List<String> lines) {
    this.lines = List.copyOf(lines);
  }

  /**
   * The script of a folder.
   *
   * @param same variables that are the same on all hosts
   * @param taken names of variables that the folder sets itself
   */
  static HostScript of(
      Placement placement, GpuUse gpus, Map<String, String> same, Set<String> taken) {
    List<String> lines = new ArrayList<>();
    same.forEach((name, value) -> lines.add("export " + name + "=" + ShellWords.quoted(value)));
    if (gpus.isShared()) {
      lines.addAll(find(placement));
      if (gpus.naming() == GpuUse.Naming.PLACES) {
        lines.add(SEEN);
      }
      lines.add(COUNT);
      lines.add("export JOBFOLD_GPUS=\"$g\"");
      for (String name : GpuVariables.NAMES) {
        if (!taken.contains(name)) {
          lines.add("export " + name + (name.equals(GpuVariables.IDS) ? "=\"$g\"" : "=\"$n\""));
        }
      }
    }
    return new HostScript(lines);
  }

  /** Finds out what the placement says of the host. */
  private static List<String> find(Placement placement) {
    Map<String, String> ids = new LinkedHashMap<>();
    for (Placement.Share share : placement.shares()) {
      ids.put(share.host().name(), String.join(",", share.gpus()));
    }
    if (ids.values().stream().distinct().count() == 1) {
      return List.of("g=" + ShellWords.quoted(ids.values().iterator().next()));
    }
    StringBuilder cases = new StringBuilder();
    ids.forEach(
        (host, own) -> {
          String label = host.matches("[0-9.]+|.*:.*") ? host : host.replaceFirst("[.].*", "");
          cases.append(
              "%s|%s.*) g=%s; break;; "
                  .formatted(
                      ShellWords.quoted(label), ShellWords.quoted(label), ShellWords.quoted(own)));
        });
    return List.of(FIND.formatted(cases), UNKNOWN.formatted(String.join("', '", ids.keySet())));
  }

  /** The words that run a command through it. */
  List<String> around(List<String> command) {
    if (lines.isEmpty()) {
      return command;
    }
    List<String> words = new ArrayList<>(List.of("/bin/sh", "-c"));
    words.add(String.join("; ", lines) + "; exec \"$@\"");
    words.add("jobfold");
    words.addAll(command);
    return words;
  }
}
