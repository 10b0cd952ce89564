package org.jobfold.backend.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What kills this program if it is stopped for as long as its lead waits for a sign of life: the
 * processes that it has started would go on, while their folders are started elsewhere. It is a
 * shell that waits for a line each time; once this program is dead, the guard of its launcher kills
 * what it has started.
 *
 * <p>A shell that can not wait for a limited time does it by {@code timeout}. Where there is
 * neither, it guards nothing.
 */
final class StopGuard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StopGuard.class);
  private static final String SCRIPT =
      """
      trap '' HUP INT QUIT TERM
      if (echo | read -r -t 1 line) 2>/dev/null; then
        while :; do
          read -r -t "$2" line
          code=$?
          [ $code -eq 0 ] && continue
          [ $code -gt 128 ] && kill -9 "$1"
          exit
        done
      fi
      while :; do
        got=$(timeout "$2" dd bs=1 count=1 2>/dev/null; echo $?)
        case $got in
          0 | 127) exit ;;
          124) kill -9 "$1"; exit ;;
        esac
      done
      """;

  private final Process shell;
  private final OutputStream lines;

  private StopGuard(Process shell) {
    this.shell = shell;
    this.lines = shell.getOutputStream();
  }

  /**
   * Guards this program.
   *
   * @param longest how long it may be stopped, rounded up to seconds
   */
  static StopGuard start(Duration longest) throws IOException {
    String shell = Files.isExecutable(Path.of("/bin/bash")) ? "/bin/bash" : "/bin/sh";
    return start(shell, longest, ProcessHandle.current().pid());
  }

  /** Guards a program that hands its signs of life to {@link #beat}. */
  static StopGuard start(String shell, Duration longest, long pid) throws IOException {
    return new StopGuard(
        new ProcessBuilder(
                List.of(
                    shell,
                    "-c",
                    SCRIPT,
                    "jobfold-stop-guard",
                    Long.toString(pid),
                    Long.toString(Math.max(1, longest.plusMillis(999).toSeconds()))))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** A sign of life. */
  void beat() {
    try {
      lines.write('\n');
      lines.flush();
    } catch (IOException e) {
      LOG.debug("nothing guards this agent from being stopped", e);
    }
  }

  /** Guards no longer. */
  @Override
  public void close() {
    shell.destroyForcibly();
  }
}
