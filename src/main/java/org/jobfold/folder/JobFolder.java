package org.jobfold.folder;

/**
 * An executable folder of the tree.
 *
 * @param name its path from the root
 * @param functional what it runs
 * @param settings how
 * @param tagged whether the user switched it off: shown, not run
 */
public record JobFolder(FolderName name, Functional functional, Settings settings, boolean tagged) {
  /** An untagged folder. */
  public static JobFolder of(String name, Functional functional, Settings settings) {
    return new JobFolder(new FolderName(name), functional, settings, false);
  }

  /** An untagged folder that runs a shell line with default settings. */
  public static JobFolder shell(String name, String line) {
    return of(name, new Functional.Program(new Command.Shell(line)), Settings.DEFAULT);
  }

  /** The same with other settings. */
  public JobFolder with(Settings other) {
    return new JobFolder(name, functional, other, tagged);
  }
}
