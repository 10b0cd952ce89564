package org.jobfold.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.comm.Host;
import org.jobfold.spi.Loss;
import org.jobfold.spi.RunListener;
import org.jobfold.spi.Withholding;

/** Keeps what a run has lost, and which hosts it did not trust. Thread-safe. */
final class Losses implements RunListener {
  private final List<Loss> all = new ArrayList<>();
  private final SortedMap<Host, Integer> withheld = new TreeMap<>();

  /** Hosts that were at fault, and how often folders that failed there ran again elsewhere. */
  synchronized SortedMap<Host, Integer> withheld() {
    return new TreeMap<>(withheld);
  }

  @Override
  public synchronized void hostWithheld(Withholding kept) {
    if (kept.verdict() == Withholding.Verdict.AT_FAULT) {
      withheld.merge(kept.host(), kept.pardoned().size(), Integer::sum);
    }
  }

  synchronized List<Loss> all() {
    return List.copyOf(all);
  }

  @Override
  public synchronized void ranksLost(Loss loss) {
    all.add(loss);
  }
}
