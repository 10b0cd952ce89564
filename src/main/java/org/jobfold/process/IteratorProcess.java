package org.jobfold.process;

import java.util.List;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Settings;
import org.jobfold.folder.Step;
import org.jobfold.run.Ports;

/**
 * Runs several programs or calls one after another in a folder, as one process. A step that was
 * successful already is passed over, also when a later one failed and the folder is tried again;
 * {@link ProgramOptions#already} tells of steps that were done before this process was made.
 *
 * <p>The idea is pylada's {@code IteratorProcess}.
 */
public final class IteratorProcess extends EngineProcess {
  /**
   * A process for several steps.
   *
   * @param folder where they run, from the root of the back end
   * @param steps at least one, with different names
   * @param settings their params, environment, and the timeout of all together; its ranks are not
   *     looked at
   */
  public IteratorProcess(
      FolderName folder, List<Step> steps, Settings settings, Ports ports, ProgramOptions options) {
    super(new JobFolder(folder, new Functional.Steps(steps), settings, false), ports, options);
  }
}
