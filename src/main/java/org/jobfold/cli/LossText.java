package org.jobfold.cli;

import org.jobfold.spi.Loss;

/** Lost ranks, for people. */
record LossText(Loss loss) {
  /** What is lost and what follows. */
  String line() {
    String host = "host '" + Words.line(loss.host().name()) + "'";
    int ranks = loss.ranks().size();
    String reason = " (" + Words.line(loss.reason()) + "): ";
    return (loss.onHost() == 0
            ? host + " is lost" + reason + "its "
            : Words.count(ranks, "rank")
                + " of "
                + host
                + (ranks == 1 ? " is" : " are")
                + " lost"
                + reason
                + (ranks == 1 ? "that " : "those "))
        + Words.count(ranks, "rank")
        + (ranks == 1 ? " is" : " are")
        + " left out"
        + again();
  }

  private String again() {
    return switch (loss.again()) {
      case 0 -> "";
      case 1 -> "; 1 folder that ran there runs again";
      default -> "; " + loss.again() + " folders that ran there run again";
    };
  }

  /** What is lost, in short. */
  String shortly() {
    return "host '"
        + Words.line(loss.host().name())
        + "' ("
        + Words.count(loss.ranks().size(), "rank")
        + ")";
  }
}
