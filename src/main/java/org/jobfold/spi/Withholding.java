package org.jobfold.spi;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.comm.Host;
import org.jobfold.folder.FolderName;

/**
 * Nothing is started on a host for a while, since folders have failed on it.
 *
 * @param host which
 * @param pause for how long; then one folder at a time is tried there
 * @param verdict whether it is known to be the host
 * @param pardoned the failures that cost their folders no trial: for each folder the numbers of its
 *     trials. They run again, elsewhere
 */
public record Withholding(
    Host host, Duration pause, Verdict verdict, SortedMap<FolderName, List<Integer>> pardoned) {
  /** What is known. */
  public enum Verdict {
    /** Different folders have failed there in a row; what ends elsewhere is waited for. */
    DOUBTED,
    /** They, or others, have succeeded elsewhere. */
    AT_FAULT
  }

  /** Copies the map. */
  public Withholding {
    pardoned = new TreeMap<>(pardoned);
  }

  /** Why, for people. */
  public String reason() {
    return verdict == Verdict.DOUBTED
        ? "different folders have failed on it in a row, and nothing tells yet whether they do elsewhere"
        : "different folders have failed on it in a row, and folders succeed elsewhere";
  }
}
