package org.jobfold.launch;

import java.io.IOException;

/** The native launcher where the C library can not change directory. */
class ShellChdirTest extends LauncherContract {
  @Override
  Launcher open(LauncherSettings settings) throws IOException {
    return new NativeLauncher(settings, Spawner.Chdir.SHELL);
  }
}
