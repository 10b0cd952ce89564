package org.jobfold.walk;

import java.util.Optional;
import java.util.Queue;
import org.jobfold.folder.FolderName;
import org.jobfold.spi.Turn;

/** Asks the advisor of the folders whose turn it is, a while before they could start. */
final class Questions {
  private final OpenFolders open;
  private final RunningTrials running;
  private final OwnRanks ranks;
  private final Course course;
  private final Queue<Action> decided;

  Questions(
      OpenFolders open,
      RunningTrials running,
      OwnRanks ranks,
      Course course,
      Queue<Action> decided) {
    this.open = open;
    this.running = running;
    this.ranks = ranks;
    this.course = course;
    this.decided = decided;
  }

  /** Asks of those that may start soon; of more while ranks would be idle. */
  void ask() {
    Turns turns = open.turns();
    int ahead = Turns.AHEAD - open.waiting().size() - turns.asked();
    if (ahead <= 0 && turns.isAnswered() && ranksAreIdle()) {
      ahead = Turns.AHEAD;
    }
    for (int i = 0; i < ahead; i++) {
      Optional<Waiting> next = turns.next();
      if (next.isEmpty()) {
        return;
      }
      turns.ask(next.get());
      decided.add(new Action.AskBefore(turn(next.get())));
    }
  }

  private Turn turn(Waiting next) {
    FolderName name = next.folder().name();
    return new Turn(
        next.folder(),
        course.precedence().predecessors(name),
        course.precedence().isWaitedFor(name));
  }

  private boolean ranksAreIdle() {
    return running.size() < open.sharing().nbpools() && running.ranks() < ranks.hosts().size();
  }
}
