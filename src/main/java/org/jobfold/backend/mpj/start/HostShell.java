package org.jobfold.backend.mpj.start;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jobfold.thread.Daemons;

/**
 * The shell that holds the ranks of one host, reached by one command such as {@code ssh host
 * /bin/sh}. Its standard input is the leash: when it ends, for whatever reason, so does all that
 * the shell has started. The standard output goes where that of this process goes.
 *
 * <p>It never waits for the host, save in {@link #await}. The command is in a session of its own:
 * Ctrl-C is for this process alone.
 */
final class HostShell {
  private final String host;
  private final Process process;

  private HostShell(String host, Process process) {
    this.host = host;
    this.process = process;
  }

  /**
   * Begins to start what a script says.
   *
   * @param command words that run a shell on the host
   * @param token what the script's lines to this begin with
   * @param people where what is on standard error for people goes; may be shared
   */
  static HostShell start(
      String host,
      List<String> command,
      String script,
      String token,
      FileOutputStream people,
      HostEvents events)
      throws IOException {
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.INHERIT).start();
    HostShell shell = new HostShell(host, process);
    ControlLines lines = new ControlLines(token, people, line -> tell(host, line, events));
    Daemons.start("host-" + host + "-in", () -> shell.write(script));
    Daemons.start("host-" + host, () -> shell.read(lines, events));
    return shell;
  }

  /** Sends a signal to a process of the host. */
  void kill(String signal, long pid) {
    write("kill " + signal + " " + pid + "\n");
  }

  /** Lets go of the host: what is left there ends. */
  void release() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It is closed from the other side.
    }
  }

  /** Waits until all on the host has ended; ends the command if that takes too long. */
  void await(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroy();
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  String host() {
    return host;
  }

  private void write(String text) {
    OutputStream in = process.getOutputStream();
    synchronized (in) {
      try {
        in.write(text.getBytes(StandardCharsets.UTF_8));
        in.flush();
      } catch (IOException e) {
        // The command has ended, and that is told.
      }
    }
  }

  private void read(ControlLines lines, HostEvents events) {
    try {
      lines.read(process.getErrorStream());
    } catch (IOException e) {
      process.destroy();
    }
    try {
      events.gone(host, process.waitFor());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void tell(String host, String line, HostEvents events) {
    String[] words = line.split(" ", 2);
    String rest = words.length > 1 ? words[1] : "";
    String[] numbers = rest.split(" ", -1);
    switch (words[0]) {
      case "began" -> events.began(host, Integer.parseInt(numbers[0]), Long.parseLong(numbers[1]));
      case "ended" ->
          events.ended(host, Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
      case "refused" -> events.refused(host, rest);
      case "ready" -> events.ready(host);
      case "over" -> events.over(host);
      default -> throw new IllegalStateException("a host says '" + line + "'");
    }
  }
}
