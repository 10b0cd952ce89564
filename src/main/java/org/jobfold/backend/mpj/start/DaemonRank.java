package org.jobfold.backend.mpj.start;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a daemon of MPJ Express starts in place of a rank: it starts the rank, with standard streams
 * that the daemon does not spoil, and says how it ended, which the daemon does not.
 */
public final class DaemonRank {
  private DaemonRank() {}

  /**
   * Runs one rank.
   *
   * @param arguments the number of the rank, and what the daemon says beside it: where it is to
   *     report, which is not where this world meets
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<String, String> environment = System.getenv();
    String place = environment.getOrDefault("JOBFOLD_START_TEMPORARY", "");
    String token = environment.getOrDefault("JOBFOLD_START_TOKEN", "");
    String rank = arguments[0];
    File out = new File(place, "out");
    File err = new File(place, "err");
    Process process =
        new ProcessBuilder("/bin/sh", place + "/rank", rank)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(rank.equals("0") ? out : err))
            .redirectError(ProcessBuilder.Redirect.appendTo(err))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    say(err, token + " began " + rank + " " + process.pid());
    int code = process.waitFor();
    say(err, token + " ended " + rank + " " + code);
  }

  private static void say(File pipe, String line) throws IOException {
    try (FileOutputStream out = new FileOutputStream(pipe, true)) {
      out.write(("\1" + line + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
