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
 * @param matched the files in it that made it executable, where it is those
 * @param origins where it was written which tokens it holds
 */
public record JobFolder(
    FolderName name,
    Functional functional,
    Settings settings,
    boolean tagged,
    List<Dependency> depends,
    Phase phase,
    List<String> matched,
    Origins origins) {
  /** Copies the lists. */
  public JobFolder {
    depends = List.copyOf(depends);
    matched = List.copyOf(matched);
  }

  /** A folder that was not read from files, as far as is known. */
  public JobFolder(
      FolderName name,
      Functional functional,
      Settings settings,
      boolean tagged,
      List<Dependency> depends,
      Phase phase,
      List<String> matched) {
    this(name, functional, settings, tagged, depends, phase, matched, Origins.NONE);
  }

  /** A folder that says itself what it runs. */
  public JobFolder(
      FolderName name,
      Functional functional,
      Settings settings,
      boolean tagged,
      List<Dependency> depends,
      Phase phase) {
    this(name, functional, settings, tagged, depends, phase, List.of());
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

  /** Whether a step of it is a call that is made inside the ranks of an MPJ Express world. */
  public boolean makesMpiCalls() {
    return settings.mpi()
        && functional.asSteps().stream().anyMatch(s -> s.functional() instanceof Functional.Call);
  }

  /** Whether a step of it is a program that is started through the MPI launcher. */
  public boolean startsMpiPrograms() {
    return settings.mpi()
        && functional.asSteps().stream()
            .anyMatch(s -> s.functional() instanceof Functional.Program);
  }

  /** The same with other settings. */
  public JobFolder with(Settings other) {
    return new JobFolder(name, functional, other, tagged, depends, phase, matched, origins);
  }

  /** The same, waiting for these. */
  public JobFolder dependingOn(Dependency... others) {
    return new JobFolder(
        name, functional, settings, tagged, List.of(others), phase, matched, origins);
  }

  /** The same in another phase. */
  public JobFolder in(Phase other) {
    return new JobFolder(name, functional, settings, tagged, depends, other, matched, origins);
  }

  /** The same, with what it says of its tokens written there. */
  public JobFolder writtenIn(Origins places) {
    return new JobFolder(name, functional, settings, tagged, depends, phase, matched, places);
  }
}
