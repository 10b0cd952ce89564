package org.jobfold.process;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Failure;

/** A process has finished, and something failed for good. Carries all that failed. */
public final class Fail extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int NAMED = 10;

  private final transient SortedMap<FolderName, Failure> errors;

  Fail(SortedMap<FolderName, Failure> errors) {
    super(message(errors));
    this.errors = Collections.unmodifiableSortedMap(new TreeMap<>(errors));
  }

  /** What failed, by folder; at least one. */
  public SortedMap<FolderName, Failure> errors() {
    return errors;
  }

  private static String message(SortedMap<FolderName, Failure> errors) {
    String named =
        errors.entrySet().stream()
            .limit(NAMED)
            .map(e -> "'" + e.getKey() + "': " + e.getValue().cause().text())
            .collect(Collectors.joining(", "));
    String more = errors.size() > NAMED ? ", and " + (errors.size() - NAMED) + " more" : "";
    return (errors.size() == 1 ? "1 folder" : errors.size() + " folders")
        + " failed: "
        + named
        + more;
  }
}
