package org.jobfold.disk;

import java.util.List;

/**
 * What was found in the file of a journal beside its entries.
 *
 * @param lines how many whole lines it has, the header among them; 0 for one that was never begun
 * @param damaged how many of them could not be used: what they said is lost
 * @param damage the first of those
 * @param tail whether the last line is whole
 */
public record Reading(long lines, long damaged, List<Damage> damage, Tail tail) {
  /** How many damaged lines are described. */
  static final int DESCRIBED = 100;

  /** The end of the file. */
  public enum Tail {
    /** It ends with a whole line. */
    WHOLE,
    /** It ends within a line, as when the run was killed while it wrote: that line is left out. */
    TORN
  }

  /**
   * A line that could not be used.
   *
   * @param line its number, the header being 1
   * @param what what is wrong with it, for people
   */
  public record Damage(long line, String what) {}

  /** Copies the list. */
  public Reading {
    damage = List.copyOf(damage);
  }

  /** What there is to say of no file, or an empty one. */
  static Reading nothing() {
    return new Reading(0, 0, List.of(), Tail.WHOLE);
  }
}
