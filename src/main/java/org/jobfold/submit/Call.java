package org.jobfold.submit;

import java.nio.file.Path;
import java.util.List;

/**
 * One call of {@code sbatch}.
 *
 * @param options beside those in the script
 * @param part which part of the tree it runs; 0 if it runs all, or all parts
 */
public record Call(List<String> options, int part) {
  /** Copies the list. */
  public Call {
    options = List.copyOf(options);
  }

  /** A call with nothing but the script. */
  public static final Call PLAIN = new Call(List.of(), 0);

  /** All of its words. */
  public List<String> words(Path script) {
    return Slurm.sbatch(options, script, part == 0 ? List.of() : List.of(String.valueOf(part)));
  }
}
