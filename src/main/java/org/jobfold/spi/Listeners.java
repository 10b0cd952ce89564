package org.jobfold.spi;

import java.time.Duration;
import java.util.List;
import org.jobfold.comm.Host;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.Tally;

/** Several listeners as one. */
record Listeners(List<RunListener> each) implements RunListener {
  @Override
  public void launched(Order order) {
    each.forEach(l -> l.launched(order));
  }

  @Override
  public void ended(SessionEvent.Ended event, Outcome outcome) {
    each.forEach(l -> l.ended(event, outcome));
  }

  @Override
  public void settled(FolderName folder, FinalState state) {
    each.forEach(l -> l.settled(folder, state));
  }

  @Override
  public void triedAgain(FolderName folder, Duration delay) {
    each.forEach(l -> l.triedAgain(folder, delay));
  }

  @Override
  public void warned(int folders, int signal) {
    each.forEach(l -> l.warned(folders, signal));
  }

  @Override
  public void outOfTime(int left) {
    each.forEach(l -> l.outOfTime(left));
  }

  @Override
  public void ranksLost(Loss loss) {
    each.forEach(l -> l.ranksLost(loss));
  }

  @Override
  public void leftOut(FolderName first, int folders, int left) {
    each.forEach(l -> l.leftOut(first, folders, left));
  }

  @Override
  public void hostWithheld(Withholding withholding) {
    each.forEach(l -> l.hostWithheld(withholding));
  }

  @Override
  public void hostBack(Host host) {
    each.forEach(l -> l.hostBack(host));
  }

  @Override
  public void paused(NotWrittenException why) {
    each.forEach(l -> l.paused(why));
  }

  @Override
  public void wentOn() {
    each.forEach(RunListener::wentOn);
  }

  @Override
  public void full(String why) {
    each.forEach(l -> l.full(why));
  }

  @Override
  public void roomAgain() {
    each.forEach(RunListener::roomAgain);
  }

  @Override
  public void outOfRoom(String why, Duration after) {
    each.forEach(l -> l.outOfRoom(why, after));
  }

  @Override
  public void progress(Tally tally) {
    each.forEach(l -> l.progress(tally));
  }
}
