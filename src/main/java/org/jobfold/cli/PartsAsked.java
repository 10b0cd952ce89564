package org.jobfold.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jobfold.disk.Answer;
import org.jobfold.disk.Asker;
import org.jobfold.disk.PartName;
import org.jobfold.disk.Reply;
import org.jobfold.disk.Request;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.RefusedException;
import org.jobfold.run.SystemClock;

/**
 * Asks the runs of several parts the same, some at a time, each through the inbox of its part; and
 * what they have answered, added up. One that ends by itself, or was just about to begin, is not
 * counted.
 */
final class PartsAsked {
  /** Each watches a directory, of which a system lets a user watch some hundred. */
  private static final int AT_A_TIME = 16;

  private static final Duration WITHDRAWAL = Duration.ofSeconds(5);

  private final Path root;
  private final Duration patience;
  private int parts;
  private int running;
  private int waiting;
  private int unreached;

  PartsAsked(Path root, Duration patience) {
    this.root = root;
    this.patience = patience;
  }

  /** Asks them, and waits for all answers; if interrupted, requests that were not seen go back. */
  PartsAsked ask(Request request, List<PartName> names) throws InterruptedException {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(AT_A_TIME, names.size())));
    try {
      List<Future<Reply>> replies = new ArrayList<>();
      for (PartName name : names) {
        replies.add(threads.submit(() -> ask(request, name)));
      }
      for (Future<Reply> reply : replies) {
        add(reply);
      }
      return this;
    } finally {
      threads.shutdownNow();
      awaitWithdrawal(threads);
    }
  }

  private static void awaitWithdrawal(ExecutorService threads) {
    boolean interrupted = Thread.interrupted();
    try {
      threads.awaitTermination(WITHDRAWAL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Reply ask(Request request, PartName name) throws InterruptedException {
    return new Asker(StateDirectory.of(root, name), new SystemClock(), note -> {})
        .ask(request, patience);
  }

  private void add(Future<Reply> future) throws InterruptedException {
    try {
      Reply reply = future.get();
      if (reply instanceof Reply.Answered answered) {
        if (answered.answer() instanceof Answer.Stopping stopping) {
          parts++;
          running += stopping.running();
          waiting += stopping.waiting();
        } else if (answered.answer() instanceof Answer.Refused) {
          unreached++;
        }
      } else if (reply instanceof Reply.Withdrawn || reply instanceof Reply.Unanswered) {
        unreached++;
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RefusedException) {
        unreached++;
      } else {
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** How many have said that they stop. */
  int parts() {
    return parts;
  }

  /** How many folders run in those. */
  int running() {
    return running;
  }

  /** How many folders they do not start any more. */
  int waiting() {
    return waiting;
  }

  /** How many have not answered. */
  int unreached() {
    return unreached;
  }
}
