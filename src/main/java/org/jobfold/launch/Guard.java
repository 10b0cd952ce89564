package org.jobfold.launch;

import java.util.List;

/**
 * What sees to it that nothing outlives this JVM if it is killed: a shell that reads a pipe of
 * which only this JVM has the other end. When the pipe ends, the JVM is gone, and the shell kills
 * every process that carries the launcher's mark, and the members of their sessions, until there
 * are none.
 *
 * <p>A process with the mark that belongs to another batch job (the command was {@code sbatch},
 * which hands on its environment) is left alone.
 *
 * <p>Where there is no {@code /proc}, the guard finds nothing.
 */
final class Guard {
  private static final String SCRIPT =
      """
      trap '' HUP INT QUIT TERM
      read -r end
      cd / || exit
      round=0 clean=0
      while [ $clean -lt 3 ] && [ $round -lt 600 ]; do
        round=$((round + 1))
        files=$(grep -lsF -e "$1" /proc/[0-9]*/environ)
        if [ -n "$files" ]; then
          jobs=$(grep -lszE -e '^SLURM_JOB_ID=' $files)
          if [ -n "$jobs" ]; then
            for other in $(grep -LszxF -e "SLURM_JOB_ID=$SLURM_JOB_ID" $jobs); do
              [ -e "$other" ] && files=$(printf '%s\\n' $files | grep -vxF -e "$other")
            done
          fi
        fi
        pids= stats=
        for file in $files; do
          file=${file%/environ}
          pids="$pids ${file#/proc/}"
          stats="$stats $file/stat"
        done
        if [ -n "$pids" ]; then
          clean=0
          sessions=$(sed -n 's/^.*) [A-Za-z] [0-9]* [0-9]* \\([1-9][0-9]*\\) .*/\\1/p' $stats | sort -u)
          all=
          for session in $sessions; do all="$all|$session"; done
          members=
          [ -n "$all" ] && members=$(grep -lsE "^[0-9]+ \\(.*\\) [^ZX] [0-9]+ [0-9]+ (${all#|}) " /proc/[0-9]*/stat)
          for file in $members; do
            file=${file%/stat}
            pids="$pids ${file#/proc/}"
          done
          kill -9 $pids
        else
          clean=$((clean + 1))
        fi
        sleep 0.05
      done
      """;

  private Guard() {}

  /** The command to run with the pipe as its standard input. */
  static List<String> command(Mark mark) {
    return List.of("/bin/sh", "-c", SCRIPT, "jobfold-guard", mark.run());
  }
}
