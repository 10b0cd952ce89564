package org.jobfold.cli;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What failed folders mean for the others. Of these options, the one that is said last holds. */
final class FailureArguments {
  private static final String KEEP_GOING = "--keep-going";
  private static final String FAIL_FAST = "--fail-fast";
  private static final String MAX_FAILURES = "--max-failures";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = KEEP_GOING,
      description =
          "However many folders fail, those that do not wait for them are run. That is so if nothing else is said; it undoes --fail-fast and --max-failures.")
  private boolean keepGoing;

  @Option(
      names = FAIL_FAST,
      description = "Starts nothing new when a folder has failed for good: --max-failures 1.")
  private boolean failFast;

  @Option(
      names = MAX_FAILURES,
      paramLabel = "N",
      description =
          "Starts nothing new when so many folders have failed for good in this run; what runs goes on to its end, and folders with 'finally' still run. Of this, --fail-fast and --keep-going the last holds.")
  private @Nullable Integer maxFailures;

  /** After how many failed folders nothing new is started; empty: however many fail. */
  OptionalInt most() {
    List<String> words = spec.commandLine().getParseResult().originalArgs();
    for (int i = words.size() - 1; i >= 0; i--) {
      String option = words.get(i).split("=", 2)[0];
      if (option.equals(KEEP_GOING) && keepGoing) {
        return OptionalInt.empty();
      }
      if (option.equals(FAIL_FAST) && failFast) {
        return OptionalInt.of(1);
      }
      if (option.equals(MAX_FAILURES) && maxFailures != null) {
        return OptionalInt.of(maxFailures);
      }
    }
    return OptionalInt.empty();
  }
}
