package org.jobfold.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jobfold.disk.Account;
import org.jobfold.disk.Reading;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobTree;
import org.jobfold.journal.FolderState;
import org.jobfold.journal.RunState;
import org.jobfold.spi.EarlierProcess;
import org.jobfold.walk.Past;

/** What earlier runs of a tree have come to, told to people where they would not expect it. */
final class EarlierRuns {
  private final StateDirectory state;
  private final JobTree folders;
  private final Consumer<String> say;

  /**
   * Of a tree.
   *
   * @param state its state directory, which nobody else writes
   * @param say told, for people
   */
  EarlierRuns(StateDirectory state, JobTree folders, Consumer<String> say) {
    this.state = state;
    this.folders = folders;
    this.say = say;
  }

  /** Nothing of them counts, which is said. */
  Past disregarded() {
    if (state.hasAccount()) {
      say.accept(RunAgain.text(folders, "jobfold resume"));
    }
    return Past.none();
  }

  /**
   * What they have come to.
   *
   * @param failed what becomes of folders that had failed for good
   * @param forced whether a folder runs again although it has a final state
   */
  Past resumed(Past.Failed failed, Predicate<FolderName> forced) {
    Account account = state.load();
    tellDamage(account);
    tellGone(account);
    account.state().count(name -> folders.find(name).filter(f -> !f.tagged()).isPresent());
    return new Past(account.state(), failed, forced);
  }

  /** The processes that were running when the account ends, as far as they are recorded. */
  static List<EarlierProcess> processes(RunState state) {
    List<EarlierProcess> processes = new ArrayList<>();
    for (FolderState.Live live : state.running().values()) {
      // It was started on the first of its hosts, whatever it started on the others.
      live.pid()
          .ifPresent(
              pid ->
                  processes.add(
                      new EarlierProcess(live.placement().hosts().stream().findFirst(), pid)));
    }
    return processes;
  }

  private void tellDamage(Account account) {
    String file = account.file().map(Path::toString).orElse("the journal");
    for (Reading.Damage damage : account.reading().damage()) {
      say.accept(
          file + ":" + damage.line() + ": " + damage.what() + ": what it recorded may run again");
    }
  }

  private void tellGone(Account account) {
    long gone =
        account.state().folders().keySet().stream()
            .filter(name -> folders.find(name).isEmpty())
            .count();
    if (gone > 0) {
      say.accept(
          Words.count((int) gone, "folder")
              + " of the last run "
              + (gone == 1 ? "is" : "are")
              + " not there any more");
    }
  }
}
