package org.jobfold.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the launcher that this system allows. */
public final class Launchers {
  private static final Logger LOG = LoggerFactory.getLogger(Launchers.class);

  private Launchers() {}

  /**
   * The native launcher, or where it can not load, a stand-in that only needs the JDK, with a
   * warning.
   *
   * @throws UncheckedIOException if the system allows no process or pipe for its guard
   */
  public static Launcher best(LauncherSettings settings) {
    try {
      return launcher(settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Loads what launchers need, so that the first one is made quickly: that takes longer than all
   * else in a small run. For a thread of its own, beside other work.
   */
  public static void prepare() {
    try {
      LibC.getpid();
    } catch (LinkageError e) {
      LOG.debug("the native launcher can not load; whoever makes one is told", e);
    }
  }

  private static Launcher launcher(LauncherSettings settings) throws IOException {
    try {
      return new NativeLauncher(settings);
    } catch (LinkageError e) {
      LOG.warn(
          "the native launcher can not load ({}): processes start more slowly and their CPU time"
              + " and memory are not known; if the temporary directory forbids programs, set"
              + " -Djna.tmpdir to one that allows them",
          reason(e));
      return new JavaLauncher(settings);
    }
  }

  private static String reason(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
