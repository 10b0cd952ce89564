package org.jobfold.cli;

import java.util.ArrayList;
import java.util.List;
import org.jobfold.disk.Note;
import org.jobfold.disk.Scan;

/** What a user of a tree would want to know who has not asked {@code scan}, a line each. */
final class ScanNotes {
  private ScanNotes() {}

  /** Of the whole tree. */
  static List<String> of(Scan scan, RunSettings settings) {
    List<String> lines = new ArrayList<>();
    UnusedQueues.notes(settings, scan.tree()).forEach(note -> lines.add(note.text()));
    lines.addAll(ofPart(scan));
    return lines;
  }

  /** Of a part of a tree, which may not have all that the options are about. */
  static List<String> ofPart(Scan scan) {
    List<String> lines = new ArrayList<>();
    scan.notes().stream()
        .filter(note -> note.kind() == Note.Kind.STRANGE_PARAM)
        .forEach(note -> lines.add(note.text()));
    List<Note> closed = NothingToRun.notExecutable(scan);
    if (!closed.isEmpty()) {
      lines.add("not run: " + NothingToRun.text(closed));
    }
    return lines;
  }
}
