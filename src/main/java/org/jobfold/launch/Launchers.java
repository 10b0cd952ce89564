package org.jobfold.launch;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Makes launchers. */
public final class Launchers {
  private Launchers() {}

  /** The best launcher that this system allows. */
  public static Launcher best(LauncherSettings settings) {
    try {
      return new NativeLauncher(settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
