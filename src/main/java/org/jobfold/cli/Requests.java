package org.jobfold.cli;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jobfold.comm.MpiSizeException;
import org.jobfold.disk.Answer;
import org.jobfold.disk.Inbox;
import org.jobfold.disk.Request;
import org.jobfold.disk.Scan;
import org.jobfold.disk.Sender;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.process.FolderPool;
import org.jobfold.submit.GoingOn;
import org.jobfold.trial.Tally;
import org.jobfold.walk.Past;
import org.jobfold.walk.Stop;
import org.jobfold.walk.UpdateReport;
import org.jobfold.walk.Walk;

/**
 * Does what other commands ask of a run. Called by one thread, which is not the one that owns the
 * run.
 */
final class Requests implements Inbox.Handler {
  private final FolderPool pool;
  private final Supplier<Scan> scan;
  private final Optional<String> glob;
  private final Function<Scan, List<Problem>> problems;
  private final StateDirectory state;
  private final Consumer<String> say;

  /**
   * For one run.
   *
   * @param scan reads the tree as it is now, as the run did
   * @param glob by which files make folders executable, if there is one
   * @param problems what keeps a tree from being taken up
   * @param say tells the people who watch the run
   */
  Requests(
      FolderPool pool,
      Supplier<Scan> scan,
      Optional<String> glob,
      Function<Scan, List<Problem>> problems,
      StateDirectory state,
      Consumer<String> say) {
    this.pool = pool;
    this.scan = scan;
    this.glob = glob;
    this.problems = problems;
    this.state = state;
    this.say = say;
  }

  @Override
  public Answer handle(Request request, Sender from) throws InterruptedException {
    if (request instanceof Request.Update update) {
      return update(update, from);
    }
    return stop(((Request.Stop) request).how(), from);
  }

  private Answer update(Request.Update wanted, Sender from) throws InterruptedException {
    Answer answer;
    try {
      answer = takeUp(wanted);
    } catch (RefusedException refused) {
      answer = new Answer.Refused(refused.problems());
    } catch (MpiSizeException tooWide) {
      answer =
          new Answer.Refused(List.of(Problem.of("ranks", String.valueOf(tooWide.getMessage()))));
    }
    String who = " by 'jobfold update' of " + from.text();
    if (answer instanceof Answer.Updated updated) {
      if (UpdateText.changes(updated)) {
        say.accept("updated" + who + ": " + UpdateText.counts(updated));
      }
    } else if (answer instanceof Answer.Refused refused) {
      say.accept(
          "an update"
              + who
              + " is refused for "
              + Words.count(refused.problems().size(), "problem")
              + ": the run goes on unchanged");
    }
    return answer;
  }

  private Answer takeUp(Request.Update wanted) throws InterruptedException {
    if (pool.stopping().isPresent()) {
      return new Answer.Over("the run is being stopped, and starts nothing new");
    }
    Scan found = scan.get();
    List<Problem> wrong = problems.apply(found);
    if (!wrong.isEmpty()) {
      throw new RefusedException(wrong);
    }
    state.refuseOverlap(found.tree(), say);
    Optional<UpdateReport> report =
        pool.updateWhileRunning(
            found.tree(),
            wanted.old() == Request.Old.DELETE ? Walk.DeleteOld.YES : Walk.DeleteOld.NO,
            wanted.failed() == Request.Failed.RETRY ? Past.Failed.RETRY : Past.Failed.STAY);
    return report
        .<Answer>map(this::updated)
        .orElseGet(() -> new Answer.Over("the run has ended, and takes up nothing more"));
  }

  private Answer updated(UpdateReport report) {
    return new Answer.Updated(
        Answer.Names.of(report.added()),
        Answer.Names.of(report.replaced()),
        Answer.Names.of(report.untouched()),
        Answer.Names.of(report.dropped()),
        Answer.Names.of(report.gone()),
        Answer.Names.of(report.retried()),
        Answer.Names.of(report.unblocked()),
        glob);
  }

  private Answer stop(Request.How how, Sender from) {
    String reason = SubmittedStop.reason(how, from);
    Tally tally = pool.tally();
    say.accept(
        reason
            + (how == Request.How.NOW
                ? ": ending the running folders"
                : ": nothing new is started, "
                    + Words.count(tally.running(), "folder")
                    + " that "
                    + (tally.running() == 1 ? "runs comes to its" : "run come to their")
                    + " end"));
    try {
      GoingOn.read(state.path()).stopped(reason).write(state.path());
    } catch (UncheckedIOException notNow) {
      say.accept(String.valueOf(notNow.getMessage()));
    }
    pool.stop(how == Request.How.NOW ? Stop.TERMINATE : Stop.DRAIN, reason);
    return new Answer.Stopping(tally.running(), tally.waiting());
  }
}
