package org.jobfold.schedule;

import java.util.BitSet;

/** Small numbers for what runs: each is given to one at a time. Thread-safe. */
final class Slots {
  private final BitSet taken = new BitSet();

  /** Takes the lowest that is free. */
  synchronized int take() {
    int slot = taken.nextClearBit(0);
    taken.set(slot);
    return slot;
  }

  synchronized void giveBack(int slot) {
    taken.clear(slot);
  }
}
