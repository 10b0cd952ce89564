package org.jobfold.backend.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that brings an agent, or several, to a host: it gets the invitation on its standard
 * input, and what it says is kept, for whoever must know why an agent did not come.
 *
 * <p>Signals of the terminal and of the batch system do not reach it: they are for the lead, which
 * then lets go of all.
 */
public final class StartProcess {
  private static final Logger LOG = LoggerFactory.getLogger(StartProcess.class);
  private static final int KEPT = 10;
  private static final List<String> UNTOUCHED =
      List.of("/bin/sh", "-c", "trap '' HUP INT QUIT USR1; exec \"$@\"", "jobfold-start");

  private final Process process;
  private final String program;

  private StartProcess(Process process, String program) {
    this.process = process;
    this.program = program;
  }

  /**
   * Starts it.
   *
   * @param argv what to start
   * @param hidden variables of the environment that it does not get
   */
  public static StartProcess start(List<String> argv, Collection<String> hidden)
      throws IOException {
    List<String> words = new ArrayList<>(UNTOUCHED);
    words.addAll(argv);
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().keySet().removeAll(hidden);
    return new StartProcess(builder.start(), argv.get(0));
  }

  /** The process itself. */
  public Process process() {
    return process;
  }

  /**
   * Hands it the invitation, and reads what it says until it has ended.
   *
   * @param who says so, for people
   * @return how it ended, in words
   */
  public String attend(String invitation, String who) throws IOException, InterruptedException {
    hand(invitation);
    List<String> first = new ArrayList<>();
    Deque<String> last = new ArrayDeque<>();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        pass(line, who);
        if (first.size() < KEPT) {
          first.add(line);
        } else {
          last.addLast(line);
        }
        if (last.size() > KEPT) {
          last.removeFirst();
        }
      }
    }
    int code = process.waitFor();
    first.addAll(last);
    return "'"
        + program
        + "' ended with exit code "
        + code
        + (first.isEmpty() ? ", and said nothing" : ", and said: " + String.join(" | ", first));
  }

  /** If it does not take it, it has ended, and its output says why. */
  private void hand(String invitation) {
    try (Writer input = process.outputWriter(StandardCharsets.UTF_8)) {
      input.write(invitation + "\n");
    } catch (IOException e) {
      LOG.debug("an invitation was not taken", e);
    }
  }

  /** What an agent warns of is for people; the rest is if it does not come up. */
  private static void pass(String line, String who) {
    if (line.contains(" WARN ") || line.contains(" ERROR ")) {
      LOG.warn("{} says: {}", who, line);
    } else {
      LOG.debug("{} says: {}", who, line);
    }
  }
}
