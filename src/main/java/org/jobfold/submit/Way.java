package org.jobfold.submit;

import java.util.Locale;

/** How a tree is given to Slurm. */
public enum Way {
  /** One allocation for the whole tree. */
  ASONE,
  /** One batch job a folder; folders that wait for one another go together. */
  SCATTERED,
  /** A job array, each task of which runs a part of the tree. */
  ARRAY;

  /** As it is written in files: {@code asone}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
