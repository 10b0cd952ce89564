package org.jobfold.folder;

import java.util.List;

/**
 * An executable folder of the tree.
 *
 * @param name its path from the root
 * @param functional what it runs
 * @param settings how
 * @param tagged whether the user switched it off: shown, not run
 * @param depends what it waits for
 * @param phase when in the run it is its turn
 */
public record JobFolder(
    FolderName name,
    Functional functional,
    Settings settings,
    boolean tagged,
    List<Dependency> depends,
    Phase phase) {
  /** Copies the list. */
  public JobFolder {
    depends = List.copyOf(depends);
  }

  /** A folder that waits for nothing. */
  public JobFolder(FolderName name, Functional functional, Settings settings, boolean tagged) {
    this(name, functional, settings, tagged, List.of(), Phase.MAIN);
  }

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
    return new JobFolder(name, functional, other, tagged, depends, phase);
  }

  /** The same, waiting for these. */
  public JobFolder dependingOn(Dependency... others) {
    return new JobFolder(name, functional, settings, tagged, List.of(others), phase);
  }

  /** The same in another phase. */
  public JobFolder in(Phase other) {
    return new JobFolder(name, functional, settings, tagged, depends, other);
  }
}
