package org.jobfold.backend.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jobfold.folder.SuccessCheck;
import org.jobfold.folder.SuccessCheck.FilePattern;
import org.jobfold.launch.Exit;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;

/**
 * Judges one trial by its success check. Made before the trial starts, so that a file that an
 * earlier one left is not taken for its own.
 *
 * <p>A trial that a signal ended is never a success. Else the exit code must be an accepted one;
 * then the file must have been written by this trial, and have the pattern in one of its lines.
 */
final class SuccessJudge {
  private final SuccessCheck check;
  private final Path directory;
  private final FileMark before;

  private SuccessJudge(SuccessCheck check, Path directory, FileMark before) {
    this.check = check;
    this.directory = directory;
    this.before = before;
  }

  /** The judge of a trial that is about to start. */
  static SuccessJudge before(SuccessCheck check, Streams streams) {
    FileMark mark =
        check
            .file()
            .map(f -> streams.directory().resolve(f.file()).normalize())
            // Its own output is always new.
            .filter(f -> !f.equals(streams.stdout().normalize()))
            .filter(f -> !f.equals(streams.stderr().normalize()))
            .map(FileMark::before)
            .orElse(FileMark.ABSENT);
    return new SuccessJudge(check, streams.directory(), mark);
  }

  /** How the trial ended. */
  Outcome judge(Exit exit) {
    if (exit.signal() != 0) {
      return Outcome.failed(new Cause.Signal(exit.signal()));
    }
    if (!check.accepts(exit.code())) {
      return Outcome.failed(new Cause.ExitCode(exit.code()));
    }
    return check
        .file()
        .flatMap(this::objection)
        .map(o -> Outcome.failed(new Cause.SuccessCheck(o)))
        .orElseGet(Outcome::success);
  }

  private Optional<String> objection(FilePattern wanted) {
    Path file = directory.resolve(wanted.file());
    FileMark now = FileMark.of(file);
    String quoted = "file '" + wanted.file() + "'";
    if (now.equals(FileMark.ABSENT)) {
      return Optional.of(quoted + " is not there");
    }
    if (now.equals(before)) {
      return Optional.of(quoted + " was not written by this trial");
    }
    if (wanted.pattern().isEmpty()) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(file)) {
      return Optional.of(quoted + " is no regular file");
    }
    String pattern = wanted.pattern().get();
    try {
      return LineSearch.finds(Pattern.compile(pattern), file)
          ? Optional.empty()
          : Optional.of(quoted + " has no line that matches '" + pattern + "'");
    } catch (IOException e) {
      return Optional.of(quoted + " can not be read: " + e);
    } catch (StackOverflowError e) {
      return Optional.of(
          "pattern '"
              + pattern
              + "' goes too deep for a line of "
              + quoted
              + ": write it without a repeated group");
    }
  }
}
