package org.jobfold.disk;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jobfold.folder.Durations;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.spi.Clock;

/**
 * Asks the run that has a tree, through the inbox: from any terminal, and any host that shares the
 * file system.
 *
 * <p>What it never does: leave a request behind that nobody waits for, unless its process is
 * killed.
 */
public final class Asker {
  /** How often it looks for itself, and whether the run lives. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final Duration TELL = Duration.ofSeconds(2);

  private final StateDirectory directory;
  private final InboxFiles files;
  private final Clock clock;
  private final Consumer<String> notes;

  /**
   * Asks the run of one tree.
   *
   * @param notes told, for people, what takes time
   */
  public Asker(StateDirectory directory, Clock clock, Consumer<String> notes) {
    this.directory = directory;
    this.files = new InboxFiles(directory.path());
    this.clock = clock;
    this.notes = notes;
  }

  /**
   * Asks, and waits for the answer.
   *
   * @param patience how long; what the run has not seen until then is withdrawn
   * @throws InterruptedException if the thread is interrupted; the request is withdrawn if it can
   *     be, and the notes say whether it was
   * @throws RefusedException if the files can not be read or written
   */
  public Reply ask(Request request, Duration patience) throws InterruptedException {
    String id = UUID.randomUUID().toString();
    try {
      Optional<String> run = LockHolder.token(directory.path());
      Optional<LockHolder> holder = directory.holder();
      if (run.isEmpty() || holder.filter(LockHolder::lives).isEmpty()) {
        return new Reply.NoRun(holder);
      }
      return ask(id, new Letter(run.get(), request, Sender.self(), clock.now()), patience);
    } catch (InterruptedException stopped) {
      tellWithdrawal(id);
      throw stopped;
    } catch (ClosedByInterruptException stopped) {
      Thread.interrupted(); // told by the exception
      tellWithdrawal(id);
      throw new InterruptedException();
    } catch (IOException e) {
      throw refused(e, request);
    }
  }

  private Reply ask(String id, Letter letter, Duration patience)
      throws IOException, InterruptedException {
    Duration begin = clock.elapsed();
    Duration looked = begin;
    boolean put = false;
    boolean told = false;
    try (Wakeup wakeup = Wakeup.in(files.directory())) {
      while (true) {
        wakeup.begin();
        put = put || files.put(id, letter);
        if (!put && UsedUp.is(directory.path())) {
          throw new IOException("no space left on device");
        }
        Optional<Answer> answer = put ? files.takeAnswer(id) : Optional.empty();
        if (answer.isPresent()) {
          return new Reply.Answered(answer.get());
        }
        Duration now = clock.elapsed();
        if (now.minus(looked).compareTo(LOOK) >= 0) {
          looked = now;
          if (!lives(letter.run())) {
            return last(id, new Reply.Lost());
          }
        }
        Duration left = patience.minus(now.minus(begin));
        if (left.isNegative() || left.isZero()) {
          return files.withdraw(id) || !put
              ? new Reply.Withdrawn()
              : last(id, new Reply.Unanswered());
        }
        if (!told && now.minus(begin).compareTo(TELL) >= 0) {
          told = true;
          notes.accept("waiting for the run to answer, for " + Durations.text(left) + " at most");
        }
        wakeup.await(left.compareTo(LOOK) < 0 ? left : LOOK);
      }
    }
  }

  /** The answer, should it have come at the last moment. */
  private Reply last(String id, Reply otherwise) throws IOException {
    Optional<Answer> answer = files.takeAnswer(id);
    files.withdraw(id);
    return answer.<Reply>map(Reply.Answered::new).orElse(otherwise);
  }

  private boolean lives(String run) throws IOException {
    return LockHolder.token(directory.path()).filter(run::equals).isPresent()
        && directory.holder().filter(LockHolder::lives).isPresent();
  }

  private void tellWithdrawal(String id) {
    try {
      notes.accept(
          files.withdraw(id)
              ? "the request is withdrawn"
              : "the run may have taken the request already");
    } catch (IOException e) {
      notes.accept("the request could not be withdrawn (" + Reasons.of(e) + ")");
    }
  }

  private RefusedException refused(IOException e, Request request) {
    String what =
        e instanceof AccessDeniedException
            ? "permission denied: only who may write there can ask the run"
            : UsedUp.is(directory.path()) || Reasons.isForWantOfRoom(e)
                ? "the disk is full, so the run can not be asked: make room" + orElse(request)
                : "the run can not be asked (" + Reasons.of(e) + ")";
    return new RefusedException(List.of(Problem.of(files.directory().toString(), what)));
  }

  /** A run can be stopped without a file. */
  private String orElse(Request request) {
    return request instanceof Request.Stop
        ? directory
            .holder()
            .filter(by -> !by.host().isEmpty())
            .map(
                by ->
                    ", or end its process: kill -TERM " + by.pid() + " on host '" + by.host() + "'")
            .orElse("")
        : "";
  }
}
