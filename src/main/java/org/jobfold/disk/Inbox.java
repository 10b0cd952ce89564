package org.jobfold.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jobfold.disk.InboxFiles.Found;
import org.jobfold.folder.Problem;
import org.jobfold.thread.Daemons;
import org.jspecify.annotations.Nullable;

/**
 * Where a run gets requests of other commands: the directory {@code .jobfold/inbox}, and a thread
 * that waits for files in it and answers them one after another.
 *
 * <p>It is woken by the system where that tells of new files, and looks for itself every few
 * seconds, since no system tells of what other hosts do on a shared file system.
 *
 * <p>What it never does: obey a request that names another run; keep the JVM alive. Closed by who
 * opened it, before the tree is given free.
 */
public final class Inbox implements AutoCloseable {
  /** How often it looks for itself. */
  static final Duration LOOK = Duration.ofSeconds(3);

  /** A run that is over sooner was not asked for anything; so its start costs nothing. */
  private static final Duration SOON = Duration.ofMillis(100);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Does what is asked. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Does it, in the thread of the inbox.
     *
     * @throws InterruptedException if the inbox is closed meanwhile
     */
    Answer handle(Request request, Sender from) throws InterruptedException;
  }

  private final InboxFiles files;
  private final String run;
  private final Handler handler;
  private final Consumer<String> notes;
  private final Thread thread;
  private final Set<String> said = new HashSet<>();
  private boolean closed;
  private boolean writing;

  private Inbox(InboxFiles files, String run, Handler handler, Consumer<String> notes) {
    this.files = files;
    this.run = run;
    this.handler = handler;
    this.notes = notes;
    thread = Daemons.of("jobfold-inbox", this::serve);
  }

  /**
   * Begins to answer.
   *
   * @param lock of the tree; its token is what requests must name
   * @param notes told, for people, what is not in order; once each
   */
  public static Inbox open(
      StateDirectory directory, RunLock lock, Handler handler, Consumer<String> notes) {
    return open(directory.path(), lock.token(), handler, notes);
  }

  static Inbox open(Path stateDirectory, String run, Handler handler, Consumer<String> notes) {
    Inbox inbox = new Inbox(new InboxFiles(stateDirectory), run, handler, notes);
    inbox.thread.start();
    return inbox;
  }

  private void serve() {
    try {
      TimeUnit.NANOSECONDS.sleep(SOON.toNanos());
      attempt(
          () -> {
            files.make();
            files.sweep(run);
          });
      try (Wakeup wakeup = Wakeup.in(files.directory())) {
        while (isOpen()) {
          attempt(files::make);
          wakeup.begin();
          attempt(this::answerAll);
          wakeup.await(LOOK);
        }
      }
    } catch (InterruptedException end) {
      // it was closed
    }
  }

  /** Something with files. */
  @FunctionalInterface
  private interface Step {
    void perform() throws IOException, InterruptedException;
  }

  private void attempt(Step step) throws InterruptedException {
    try {
      step.perform();
    } catch (UncheckedIOException e) {
      tellTrouble(e.getMessage());
    } catch (IOException e) {
      tellTrouble(Reasons.of(e));
    }
  }

  private void tellTrouble(@Nullable String why) {
    if (isOpen()) {
      say(
          "the inbox '"
              + files.directory()
              + "' can not be used ("
              + why
              + "): 'jobfold update' and 'jobfold stop' may get no answer");
    }
  }

  private void answerAll() throws IOException, InterruptedException {
    for (Found found : files.list()) {
      if (!isOpen()) {
        return;
      }
      if (found.kind() == InboxFiles.Kind.FOREIGN) {
        ignore(found, "is not a request");
      } else if (found.kind() == InboxFiles.Kind.REQUEST) {
        Optional<Letter> letter = InboxFiles.read(found);
        if (letter.isPresent() && letter.get().run().equals(run)) {
          answer(found.id(), letter.get());
        } else if (letter.isEmpty() && files.list().contains(found)) {
          ignore(found, "is damaged");
        }
      }
    }
  }

  private void ignore(Found found, String why) {
    say("the file '" + found.file() + "' " + why + ": it is ignored, delete it");
  }

  /** From here on there will be an answer, whatever happens. */
  private void answer(String id, Letter letter) throws IOException, InterruptedException {
    if (!files.take(id)) {
      return;
    }
    Answer answer = new Answer.Over("the run has ended");
    try {
      answer = handle(letter);
    } finally {
      beginToWrite();
      try {
        files.answer(id, answer);
      } finally {
        endToWrite();
      }
    }
  }

  private Answer handle(Letter letter) throws InterruptedException {
    if (letter.request() instanceof Request.Unknown unknown) {
      return refused(
          "the run does not know '"
              + unknown.what()
              + "', which another version of jobfold asks for: use the version of the run");
    }
    try {
      Answer answer = handler.handle(letter.request(), letter.from());
      if (answer instanceof Answer.Refused && !isOpen()) {
        throw new InterruptedException(); // what it read was cut off
      }
      return answer;
    } catch (RuntimeException bug) {
      if (!isOpen()) {
        throw new InterruptedException();
      }
      say("a request could not be handled, which is a bug of jobfold: " + bug);
      return refused("it could not be handled, which is a bug of jobfold: " + bug);
    }
  }

  private static Answer refused(String message) {
    return new Answer.Refused(List.of(Problem.of("request", message)));
  }

  private void say(String note) {
    if (said.add(note)) {
      notes.accept(note);
    }
  }

  private synchronized boolean isOpen() {
    return !closed;
  }

  /** An answer is not cut off by {@link #close}. */
  private synchronized void beginToWrite() {
    writing = true;
    boolean wasInterrupted = Thread.interrupted();
    if (wasInterrupted && !closed) {
      throw new IllegalStateException("nobody else may interrupt the inbox");
    }
  }

  private synchronized void endToWrite() {
    writing = false;
  }

  private synchronized void end() {
    closed = true;
    if (!writing) {
      thread.interrupt();
    }
  }

  /** Says to all who have asked that the run is over, and takes no more requests. */
  @Override
  public void close() {
    end();
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(PATIENCE.toMillis());
      if (!thread.isAlive() && files.exist()) {
        turnAway();
        files.sweep(run);
      }
    } catch (IOException e) {
      // who asks sees that the tree is free; the next run sweeps
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void turnAway() throws IOException {
    for (Found found : files.list()) {
      if (found.kind() == InboxFiles.Kind.REQUEST
          && InboxFiles.read(found).filter(letter -> letter.run().equals(run)).isPresent()
          && files.take(found.id())) {
        files.answer(found.id(), new Answer.Over("the run has ended"));
      }
    }
  }
}
