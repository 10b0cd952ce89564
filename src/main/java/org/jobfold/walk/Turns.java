package org.jobfold.walk;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;

/**
 * Folders whose turn it is and of which the advisor is yet to be asked, in the order in which they
 * would start, and those of which it was. It is asked only of so many that what it finds out is not
 * kept for a million folders that start much later.
 */
final class Turns {
  /** So many folders may have been asked of and not be started. */
  static final int AHEAD = 1024;

  private static final Comparator<Waiting> ORDER =
      Comparator.comparingInt((Waiting waiting) -> -waiting.folder().settings().priority())
          .thenComparing(Comparator.naturalOrder());

  private final MostlySorted<Waiting> open = new MostlySorted<>(ORDER);
  private final Map<FolderName, Waiting> asked = new LinkedHashMap<>();

  void add(Waiting turn) {
    open.add(turn);
  }

  /** The next that the advisor is to be asked of, if there is one. */
  Optional<Waiting> next() {
    return open.poll();
  }

  /** The advisor is asked of this one. */
  void ask(Waiting turn) {
    asked.put(turn.folder().name(), turn);
  }

  /** The answer has come; empty if the folder has changed, or is not waited for any more. */
  Optional<Waiting> answered(JobFolder folder) {
    Optional<Waiting> turn =
        Optional.ofNullable(asked.get(folder.name())).filter(w -> w.folder().equals(folder));
    turn.ifPresent(w -> asked.remove(folder.name()));
    return turn;
  }

  boolean isEmpty() {
    return open.isEmpty() && asked.isEmpty();
  }

  /** Whether no answer is waited for. */
  boolean isAnswered() {
    return asked.isEmpty();
  }

  /** How many answers are waited for. */
  int asked() {
    return asked.size();
  }

  int size() {
    return open.size() + asked.size();
  }

  Stream<Waiting> stream() {
    return Stream.concat(open.stream(), asked.values().stream());
  }

  /** Takes out all. */
  Collection<Waiting> clear() {
    List<Waiting> all = stream().toList();
    open.clear();
    asked.clear();
    return all;
  }

  /** Takes out those that were not asked of and are so. */
  List<Waiting> takeIf(Predicate<Waiting> which) {
    return open.takeIf(which);
  }
}
