package org.jobfold.process;

import org.jobfold.folder.Command;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Settings;
import org.jobfold.run.Ports;

/**
 * Runs an external program in a folder, on all the ranks that it is started with, up to {@code
 * maxtrials} times.
 *
 * <p>The idea is pylada's {@code ProgramProcess}.
 */
public final class ProgramProcess extends EngineProcess {
  /**
   * A process for a program.
   *
   * @param folder where it runs, from the root of the back end
   * @param command how it is started
   * @param settings its files, environment, success check, timeout, and whether it goes through the
   *     MPI launcher; its ranks are not looked at
   */
  public ProgramProcess(
      FolderName folder, Command command, Settings settings, Ports ports, ProgramOptions options) {
    super(new JobFolder(folder, new Functional.Program(command), settings, false), ports, options);
  }
}
