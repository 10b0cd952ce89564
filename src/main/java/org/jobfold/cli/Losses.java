package org.jobfold.cli;

import java.util.ArrayList;
import java.util.List;
import org.jobfold.spi.Loss;
import org.jobfold.spi.RunListener;

/** Keeps what a run has lost. Thread-safe. */
final class Losses implements RunListener {
  private final List<Loss> all = new ArrayList<>();

  synchronized List<Loss> all() {
    return List.copyOf(all);
  }

  @Override
  public synchronized void ranksLost(Loss loss) {
    all.add(loss);
  }
}
