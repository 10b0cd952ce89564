package org.jobfold.process;

import org.jobfold.folder.FolderName;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Settings;
import org.jobfold.run.Ports;

/**
 * Runs a Java class in a JVM of its own, in a folder, with the folder's params, up to {@code
 * maxtrials} times.
 *
 * <p>A class that can tell success from the files in its folder is not run where it was successful
 * already, and success is what it says then, not the exit code. The idea is pylada's {@code
 * CallProcess}.
 */
public final class CallProcess extends EngineProcess {
  /**
   * A process for a call.
   *
   * @param folder where it runs, from the root of the back end
   * @param call the class
   * @param settings its params, files, environment and timeout; its ranks are not looked at
   */
  public CallProcess(
      FolderName folder,
      Functional.Call call,
      Settings settings,
      Ports ports,
      ProgramOptions options) {
    super(new JobFolder(folder, call, settings, false), ports, options);
  }
}
