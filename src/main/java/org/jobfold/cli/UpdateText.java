package org.jobfold.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jobfold.disk.Answer;

/** What an update did, for people. */
final class UpdateText {
  /** So many names of each kind are shown. */
  private static final int SHOWN = 10;

  private UpdateText() {}

  /** Whether it did anything. */
  static boolean changes(Answer.Updated updated) {
    return updated.added().count()
            + updated.replaced().count()
            + updated.dropped().count()
            + updated.retried().count()
        > 0;
  }

  /** {@code 3 folders added, 1 replaced, 5 left as they are}. */
  static String counts(Answer.Updated updated) {
    List<String> parts = new ArrayList<>();
    parts.add(Words.count(updated.added().count(), "folder") + " added");
    parts.add(updated.replaced().count() + " replaced");
    parts.add(updated.untouched().count() + " left as they are");
    if (updated.dropped().count() > 0) {
      parts.add(updated.dropped().count() + " dropped");
    }
    if (updated.retried().count() > 0) {
      parts.add(updated.retried().count() + " tried again");
    }
    if (updated.unblocked().count() > 0) {
      parts.add(updated.unblocked().count() + " no longer blocked");
    }
    return String.join(", ", parts);
  }

  /** The counts, then the names. */
  static void print(Answer.Updated updated, PrintWriter err) {
    err.println("updated: " + counts(updated));
    names("+", updated.added(), err);
    names("~", updated.replaced(), err);
    names("-", updated.dropped(), err);
    names("*", updated.retried(), err);
    int gone = updated.gone().count();
    if (gone > 0) {
      err.println(
          Words.count(gone, "waiting folder")
              + (gone == 1 ? " is" : " are")
              + " not in the tree any more and will be tried all the same: '--deleteold' drops "
              + (gone == 1 ? "it" : "them"));
      names("?", updated.gone(), err);
    }
    err.flush();
  }

  private static void names(String mark, Answer.Names names, PrintWriter err) {
    names.first().stream()
        .limit(SHOWN)
        .forEach(name -> err.println("  " + mark + " " + Words.line(name)));
    if (names.count() > SHOWN) {
      err.println("  " + mark + " and " + (names.count() - SHOWN) + " more");
    }
  }
}
