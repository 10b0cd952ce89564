package org.jobfold.schedule;

/** How many jobs run. Thread-safe. */
final class Activity {
  private int active;
  private int most;
  private int givenUp;

  synchronized void began() {
    active++;
    most = Math.max(most, active);
  }

  synchronized void ended() {
    active--;
  }

  synchronized void gaveUp() {
    givenUp++;
  }

  synchronized void cameBack() {
    givenUp--;
  }

  synchronized int active() {
    return active;
  }

  synchronized int most() {
    return most;
  }

  synchronized int givenUp() {
    return givenUp;
  }
}
