package org.jobfold.launch;

import java.time.Duration;
import java.util.Set;

/**
 * How a launcher behaves.
 *
 * @param hidden names of variables of this JVM's environment that processes do not get
 * @param grace how long a descendant that its process left behind may take to end when asked,
 *     before it is forced
 * @param patience how long {@link Launcher#close} waits for processes that do not even end by force
 *     (they sleep in the kernel, on a file system that hangs), before it gives up with a warning
 */
public record LauncherSettings(Set<String> hidden, Duration grace, Duration patience) {
  /** Copies the set. */
  public LauncherSettings {
    hidden = Set.copyOf(hidden);
  }

  /** Nothing hidden, a grace of 2 s, a patience of 10 s. */
  public static LauncherSettings standard() {
    return new LauncherSettings(Set.of(), Duration.ofSeconds(2), Duration.ofSeconds(10));
  }

  /** These, with other hidden variables. */
  public LauncherSettings hiding(Set<String> names) {
    return new LauncherSettings(names, grace, patience);
  }

  /** These, with another grace. */
  public LauncherSettings withGrace(Duration time) {
    return new LauncherSettings(hidden, time, patience);
  }
}
