package org.jobfold.cli;

import static org.jobfold.cli.TreeArguments.refused;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jobfold.disk.RunWatch;
import org.jobfold.disk.Sight;
import org.jobfold.run.SystemClock;

/**
 * Follows a run to its end: on a terminal by a picture that is drawn over, else by a line each time
 * something has changed. Both go to standard error, and how it stands at the end to standard
 * output. As JSON all of it goes to standard output.
 */
final class StatusWatch {
  private static final String HOME = "\u001b[H";
  private static final String REST_OF_LINE = "\u001b[K";
  private static final String REST_OF_SCREEN = "\u001b[J";

  private final Outside outside;
  private final Path root;
  private final RunWatch watch;
  private final QueueWatch queue;
  private final int folders;
  private final SystemClock clock = new SystemClock();

  /** In which form it is shown. */
  enum Form {
    /** For people. */
    TEXT,
    /** For machines. */
    JSON
  }

  /** How it is shown. */
  private interface View {
    void show(Standing standing);
  }

  /** What makes one look differ from another. */
  private record Mark(String state, boolean beginning, int epoch, long lines, Object holder) {
    static Mark of(Standing standing) {
      Sight sight = standing.sight();
      return new Mark(
          standing.word(),
          sight.isBeginning(),
          sight.account().epoch(),
          sight.account().reading().lines(),
          sight.holder());
    }
  }

  StatusWatch(Outside outside, Path root, RunWatch watch, Submitted queue, int folders) {
    this.outside = outside;
    this.root = root;
    this.watch = watch;
    this.queue = new QueueWatch(queue, clock);
    this.folders = folders;
  }

  /** Looks until the run has ended; gives what it ended with. */
  int follow(Duration pause, Form form) throws InterruptedException {
    boolean redraws = form == Form.TEXT && outside.terminal() == Outside.Terminal.YES;
    View view = form == Form.JSON ? this::document : redraws ? this::picture : this::line;
    Optional<Mark> last = Optional.empty();
    while (true) {
      Sight sight = watch.look();
      Standing standing = Standing.of(sight, clock.now()).of(queue.look(sight));
      boolean over = sight.state() != Sight.State.RUNNING && !standing.isQueued();
      if (last.isEmpty() && over && sight.state() == Sight.State.NEVER) {
        throw refused(root.toString(), "it has not been run, so there is nothing to watch");
      }
      Optional<Mark> mark = Optional.of(Mark.of(standing));
      if (redraws || over || !mark.equals(last)) {
        view.show(standing);
        if (over) {
          return end(standing, form);
        }
      }
      last = mark;
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    }
  }

  private int end(Standing standing, Form form) {
    if (form == Form.TEXT) {
      if (outside.terminal() == Outside.Terminal.YES) {
        outside.err().print(HOME + REST_OF_SCREEN);
        outside.err().flush();
      }
      new StatusText(root, standing).lines(folders).forEach(outside.out()::println);
      outside.out().flush();
    }
    return standing.exitCode();
  }

  private void document(Standing standing) {
    Json.line(outside.out(), new StatusJson(root, standing)::write);
  }

  private void line(Standing standing) {
    outside.err().println(new StatusText(root, standing).line());
    outside.err().flush();
  }

  private void picture(Standing standing) {
    PrintWriter err = outside.err();
    err.print(HOME);
    new StatusText(root, standing)
        .lines(folders)
        .forEach(line -> err.print(line + REST_OF_LINE + "\n"));
    err.print(REST_OF_SCREEN);
    err.flush();
  }
}
