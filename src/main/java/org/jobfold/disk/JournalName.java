package org.jobfold.disk;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which journal of a tree, and whose.
 *
 * @param epoch counted from 1: the highest counts
 * @param run names the run that writes it
 */
record JournalName(int epoch, String run) {
  private static final Pattern FILE = Pattern.compile("journal\\.([1-9][0-9]{0,8})\\.jsonl");
  private static final Pattern DRAFT = Pattern.compile("journal\\.([1-9][0-9]{0,8})\\..+\\.tmp");

  String file() {
    return file(epoch);
  }

  /** Its name while it is written: another one for each run, whatever it takes for its epoch. */
  String draft() {
    return "journal." + epoch + "." + run + ".tmp";
  }

  static String file(int epoch) {
    return "journal." + epoch + ".jsonl";
  }

  /** The epoch of a file, if it is named like a journal. */
  static Optional<Integer> epochOf(String file) {
    return epoch(FILE, file);
  }

  /** The epoch of a file, if it is named like one that is being written. */
  static Optional<Integer> epochOfDraft(String file) {
    return epoch(DRAFT, file);
  }

  private static Optional<Integer> epoch(Pattern pattern, String file) {
    Matcher matcher = pattern.matcher(file);
    return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }
}
