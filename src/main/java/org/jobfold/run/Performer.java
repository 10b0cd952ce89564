package org.jobfold.run;

import org.jobfold.spi.RunListener;
import org.jobfold.spi.Session;
import org.jobfold.walk.Action;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what the walk has decided: has the session start and end processes, and tells the listener.
 * Does not know whether it is written down.
 */
final class Performer {
  private static final Logger LOG = LoggerFactory.getLogger(Performer.class);

  private final Session session;
  private final RunListener listener;
  private final Board board;

  Performer(Session session, RunListener listener, Board board) {
    this.session = session;
    this.listener = listener;
    this.board = board;
  }

  /** Does it, if there is anything to do. */
  void perform(Action action) {
    if (action instanceof Action.Launch launch) {
      session.launch(launch.order());
      listener.launched(launch.order());
    } else if (action instanceof Action.End ending) {
      LOG.debug("{}: {}", ending.id(), ending.force());
      session.end(ending.id(), ending.force());
    } else if (action instanceof Action.Settle settle) {
      settle.state().failure().ifPresent(failure -> board.failed(settle.folder(), failure));
      listener.settled(settle.folder(), settle.state());
    } else if (action instanceof Action.TryAgain again) {
      listener.triedAgain(again.folder(), again.delay());
    } else if (action instanceof Action.Warn warning) {
      session.signal(warning.id(), warning.signal());
    } else if (action instanceof Action.OutOfTime late) {
      listener.outOfTime(late.left());
    } else if (action instanceof Action.Lose lose) {
      listener.ranksLost(lose.loss());
    } else if (action instanceof Action.Withhold kept) {
      listener.hostWithheld(kept.withholding());
    } else if (action instanceof Action.GiveBack back) {
      listener.hostBack(back.host());
    } else if (action instanceof Action.LeaveOut out) {
      listener.leftOut(out.first(), out.folders(), out.left());
    }
  }
}
