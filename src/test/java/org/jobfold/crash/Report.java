package org.jobfold.crash;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What came of a campaign.
 *
 * @param findings what is wrong; nothing if all is well
 * @param blows how often jobfold was hit by what
 * @param lives how often it was started
 * @param folders how many folders the tree has
 * @param executions how often one of them was executed
 * @param slowest how long it took at most until nothing was left of a life
 */
record Report(
    List<String> findings,
    Map<Blow, Integer> blows,
    int lives,
    int folders,
    int executions,
    Duration slowest) {
  int kills() {
    return blows.values().stream().mapToInt(n -> n).sum();
  }

  /** In one line, for people. */
  String text() {
    return kills()
        + " blows "
        + blows
        + " in "
        + lives
        + " lives, "
        + folders
        + " folders, "
        + executions
        + " executions, nothing left after "
        + slowest.toMillis()
        + " ms at most: "
        + (findings.isEmpty() ? "no fault" : findings.size() + " faults");
  }
}
