package org.jobfold.run;

import java.time.Instant;
import java.util.Optional;
import org.jobfold.journal.Entry;
import org.jobfold.spi.Loss;
import org.jobfold.spi.Order;
import org.jobfold.spi.Withholding;
import org.jobfold.walk.Action;

/** What is written down of the actions of a walk. Writes nothing itself. */
final class Records {
  private Records() {}

  /** The record of an action; absent where there is none of its kind. */
  static Optional<Entry> of(Action action, Instant now) {
    if (action instanceof Action.Launch launch) {
      Order order = launch.order();
      return Optional.of(new Entry.TrialOrdered(now, order.id(), order.placement(), order.slot()));
    }
    if (action instanceof Action.Settle settle) {
      return Optional.of(new Entry.FolderSettled(now, settle.folder(), settle.state()));
    }
    if (action instanceof Action.Lose lose) {
      Loss loss = lose.loss();
      return Optional.of(new Entry.RanksLost(now, loss.host(), loss.ranks(), loss.reason()));
    }
    if (action instanceof Action.Withhold withhold) {
      Withholding kept = withhold.withholding();
      return Optional.of(new Entry.HostWithheld(now, kept.host(), kept.reason(), kept.pardoned()));
    }
    if (action instanceof Action.GiveBack back) {
      return Optional.of(new Entry.HostBack(now, back.host()));
    }
    if (action instanceof Action.Reopen again) {
      return Optional.of(Entry.FolderReached.anew(now, again.folder(), again.trials()));
    }
    return Optional.empty();
  }
}
