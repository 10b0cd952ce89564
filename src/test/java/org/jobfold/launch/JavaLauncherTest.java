package org.jobfold.launch;

import java.io.IOException;

/** The stand-in. */
class JavaLauncherTest extends LauncherContract {
  @Override
  Launcher open(LauncherSettings settings) throws IOException {
    return new JavaLauncher(settings);
  }
}
