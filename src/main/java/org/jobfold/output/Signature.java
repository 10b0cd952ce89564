package org.jobfold.output;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;

/**
 * What failures of the same reason have in common: the cause, and those of the last lines that
 * speak of an error, without what differs from folder to folder: its name, numbers and addresses.
 *
 * @param cause its kind, and its text
 * @param lines the lines that speak of an error; where none does, the last one
 */
record Signature(String cause, List<String> lines) {
  private static final Pattern ERROR =
      Pattern.compile(
          "error|fail|fatal|severe|abort|exception|cannot|can not|can't|could not|unable|killed|fault"
              + "|not found|no such|denied|missing|invalid|illegal|out of memory|oom|quota|no space"
              + "|\\bnan\\b|diverge|not converge|signal|license|licence");
  private static final Pattern NUMBER =
      Pattern.compile("\\b0x[0-9a-f]+|[-+]?\\d+(?:\\.\\d*)?(?:e[-+]?\\d+)?");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** That of a folder's failure. */
  static Signature of(FolderName folder, Failure failure) {
    List<String> telling =
        failure.tail().stream()
            .filter(line -> ERROR.matcher(line.toLowerCase(Locale.ROOT)).find())
            .toList();
    List<String> tail = failure.tail();
    List<String> lines =
        telling.isEmpty() ? tail.subList(Math.max(0, tail.size() - 1), tail.size()) : telling;
    return new Signature(
        cause(folder, failure.cause()),
        lines.stream().map(line -> common(folder, line)).collect(Collectors.toList()));
  }

  /** Codes, signals and limits are not what differs from folder to folder. */
  private static String cause(FolderName folder, Cause cause) {
    boolean exact =
        cause instanceof Cause.ExitCode
            || cause instanceof Cause.Signal
            || cause instanceof Cause.Timeout;
    if (cause instanceof Cause.Upstream upstream) {
      return cause.kind() + " " + upstream.origins();
    }
    return cause.kind() + " " + (exact ? cause.text() : common(folder, cause.text()));
  }

  private static String common(FolderName folder, String text) {
    String unnamed = folder.isRoot() ? text : without(folder.path(), text);
    if (folder.parts().size() > 1) {
      unnamed = without(folder.relative(), unnamed);
    }
    // A name of a letter or two may be a word of the message.
    if (folder.base().length() > 2) {
      unnamed = without(folder.base(), unnamed);
    }
    String small = unnamed.toLowerCase(Locale.ROOT);
    return BLANKS.matcher(NUMBER.matcher(small).replaceAll("#")).replaceAll(" ").strip();
  }

  /** Leaves a name out where it is a word, or the end of a path. */
  private static String without(String name, String text) {
    if (!text.contains(name)) {
      return text;
    }
    String before = name.startsWith("/") ? "" : "(?<![\\w.])";
    return Pattern.compile(before + Pattern.quote(name) + "(?!\\w)").matcher(text).replaceAll("…");
  }
}
