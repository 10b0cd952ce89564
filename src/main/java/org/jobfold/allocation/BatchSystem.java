package org.jobfold.allocation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who gives hosts to this program. */
public enum BatchSystem {
  /** Nobody: the cores of this host. */
  LOCAL("this host"),
  /** Slurm. */
  SLURM("Slurm"),
  /** PBS Professional, OpenPBS or Torque. */
  PBS("PBS"),
  /** IBM Spectrum LSF. */
  LSF("LSF");

  private final String title;

  BatchSystem(String title) {
    this.title = title;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** As it is written in options: {@code slurm}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with this word. */
  public static Optional<BatchSystem> of(String word) {
    return Arrays.stream(values()).filter(system -> system.word().equals(word)).findFirst();
  }
}
