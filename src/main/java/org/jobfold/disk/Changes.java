package org.jobfold.disk;

import java.util.ArrayList;
import java.util.List;
import org.jobfold.print.Fingerprint;
import org.jobfold.print.FolderElements;
import org.jobfold.print.Reason;

/** Why what a folder asks for is not what it asked for before. */
final class Changes {
  private Changes() {}

  /**
   * What changed since a record, save for files that can not be read, which are said anyway; none
   * if it asks for the same.
   */
  static List<Reason> of(LastGood record, Fingerprint now, ReadFiles inputs) {
    if (record.asked().isEmpty() || record.asked().get().equals(now)) {
      return List.of();
    }
    List<Reason> reasons = new ArrayList<>();
    Fingerprint.Difference difference = now.since(record.asked().get());
    difference.updated().forEach(name -> add(Reason.Kind.CHANGED, name, inputs, reasons));
    difference.added().forEach(name -> add(Reason.Kind.NEW, name, inputs, reasons));
    difference.obsolete().forEach(name -> add(Reason.Kind.GONE, name, inputs, reasons));
    if (reasons.isEmpty() && inputs.unreadable().isEmpty()) {
      reasons.add(Reason.of(Reason.Kind.CHANGED, "what it depends on"));
    }
    return reasons;
  }

  private static void add(Reason.Kind kind, String name, ReadFiles inputs, List<Reason> reasons) {
    String file =
        name.startsWith(FolderElements.INPUT) ? name.substring(FolderElements.INPUT.length()) : "";
    if (inputs.missing().contains(file)) {
      reasons.add(Reason.of(Reason.Kind.MISSING, name));
    } else if (!inputs.unreadable().containsKey(file)) {
      reasons.add(Reason.of(kind, name));
    }
  }

  /** What is not any more as it was when the folder was checked. */
  static List<Reason> meanwhile(Fingerprint before, Fingerprint now) {
    Fingerprint.Difference difference = now.since(before);
    List<String> names = new ArrayList<>(difference.updated());
    names.addAll(difference.added());
    names.addAll(difference.obsolete());
    return names.stream()
        .sorted()
        .map(name -> Reason.of(Reason.Kind.CHANGED_MEANWHILE, name))
        .toList();
  }
}
