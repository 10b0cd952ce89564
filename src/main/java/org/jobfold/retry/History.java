package org.jobfold.retry;

import org.jobfold.folder.Change;

/**
 * What a folder's trials so far have come to: one count for each budget, and what their failures
 * have changed.
 *
 * @param own failures of the folder itself
 * @param launch launch errors
 * @param room failures for want of room
 * @param tempfail trials that asked to be tried again later
 * @param lost trials in a row, the last ones, that were lost with their host
 * @param change what is different in the next trial
 */
public record History(int own, int launch, int room, int tempfail, int lost, Change change) {
  /** No trial yet. */
  public static final History NONE = new History(0, 0, 0, 0, 0, Change.NONE);

  /** So many failures of the folder itself, which have changed nothing. */
  static History ofOwn(int failures) {
    return failures == 0 ? NONE : new History(failures, 0, 0, 0, 0, Change.NONE);
  }

  History andOwn(Change more) {
    return new History(own + 1, launch, room, tempfail, 0, change.and(more));
  }

  History andLaunch() {
    return new History(own, launch + 1, room, tempfail, 0, change);
  }

  History andNoRoom() {
    return new History(own, launch, room + 1, tempfail, 0, change);
  }

  History andTempfail() {
    return new History(own, launch, room, tempfail + 1, 0, change);
  }

  /** And one that was lost with its host, or would have been. */
  public History andLost() {
    return new History(own, launch, room, tempfail, lost + 1, change);
  }

  /** As if the last failure of the folder itself had been its host's. */
  History butOwn() {
    return new History(Math.max(0, own - 1), launch, room, tempfail, lost + 1, change);
  }

  History butLaunch() {
    return new History(own, Math.max(0, launch - 1), room, tempfail, lost + 1, change);
  }

  History butTempfail() {
    return new History(own, launch, room, Math.max(0, tempfail - 1), lost + 1, change);
  }
}
