package org.jobfold.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jobfold.print.Digest;
import org.jobfold.print.Reason;

/**
 * What is in the files that globs stand for.
 *
 * @param contents of those that could be read, by name
 * @param missing what was named and is not there
 * @param unreadable what could not be read, with the reason
 */
record ReadFiles(
    SortedMap<String, Content> contents,
    SortedSet<String> missing,
    SortedMap<String, String> unreadable) {
  /** The digest of each file, by name; empty for one that is not there. */
  SortedMap<String, Optional<Digest>> digests() {
    SortedMap<String, Optional<Digest>> digests = new TreeMap<>();
    contents.forEach((name, content) -> digests.put(name, Optional.of(content.digest())));
    missing.forEach(name -> digests.put(name, Optional.empty()));
    return digests;
  }

  /** That files are not there, as reasons. */
  List<Reason> missing(String kind) {
    return missing.stream().map(name -> Reason.of(Reason.Kind.MISSING, kind + name)).toList();
  }

  /** That files can not be read, as reasons. */
  List<Reason> unreadable(String kind) {
    List<Reason> reasons = new ArrayList<>();
    unreadable.forEach(
        (name, why) -> reasons.add(new Reason(Reason.Kind.UNREADABLE, kind + name, why)));
    return reasons;
  }

  /** What is not as it was recorded, as reasons. */
  List<Reason> changes(String kind, SortedMap<String, Content> recorded) {
    List<Reason> reasons = new ArrayList<>(missing(kind));
    contents.forEach(
        (name, content) -> {
          Content old = recorded.get(name);
          if (old == null) {
            reasons.add(Reason.of(Reason.Kind.NEW, kind + name));
          } else if (!old.digest().equals(content.digest())) {
            reasons.add(Reason.of(Reason.Kind.CHANGED, kind + name));
          }
        });
    for (String name : recorded.keySet()) {
      if (!contents.containsKey(name) && !missing.contains(name) && !unreadable.containsKey(name)) {
        reasons.add(Reason.of(Reason.Kind.MISSING, kind + name));
      }
    }
    return reasons;
  }
}
