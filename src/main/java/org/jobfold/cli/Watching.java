package org.jobfold.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jobfold.disk.Answer;
import org.jobfold.disk.Reply;
import org.jobfold.disk.Request;
import org.jobfold.disk.TreeWatch;
import org.jobfold.folder.Problem;

/** Sends an update whenever the tree has changed, until its run ends. */
final class Watching {
  /** How often it looks whether the run goes on. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final Outside outside;
  private final AskArguments arguments;
  private final Asking asking;
  private Request.Update request;
  private final Duration every;
  private Optional<String> glob = Optional.empty();
  private List<Problem> problems = List.of();

  Watching(
      Outside outside,
      AskArguments arguments,
      Asking asking,
      Request.Update request,
      Duration every) {
    this.outside = outside;
    this.arguments = arguments;
    this.asking = asking;
    this.request = request;
    this.every = every;
  }

  /** What came of an update. */
  private enum Sent {
    TAKEN_UP,
    REFUSED,
    NOT_NOW,
    OVER
  }

  int untilTheRunEnds() throws InterruptedException {
    Path root = arguments.root();
    Reply first = asking.ask(request);
    if (first instanceof Reply.NoRun) {
      return asking.tell(first, "the update");
    }
    Sent sent = tell(first);
    while (sent != Sent.OVER) {
      Optional<String> watched = glob;
      try (TreeWatch watch = TreeWatch.of(root, watched, asking::say)) {
        sent = watch(watch, watched);
      }
    }
    asking.say("the run has ended: nothing is watched any more");
    return ExitCodes.SUCCEEDED;
  }

  /** Watches with one glob: the run may have been asked before it told its own. */
  private Sent watch(TreeWatch watch, Optional<String> watched) throws InterruptedException {
    String known = watch.look();
    Sent sent = tell(asking.ask(request));
    if (sent != Sent.OVER) {
      asking.say("watching '" + arguments.tree() + "'");
    }
    while (sent != Sent.OVER && glob.equals(watched)) {
      Optional<Boolean> news = awaitNews(watch);
      if (news.isEmpty()) {
        return Sent.OVER;
      }
      String now = watch.look();
      boolean again = sent == Sent.NOT_NOW || (sent == Sent.REFUSED && !news.get());
      if (!now.equals(known) || again) {
        known = now;
        sent = tell(asking.ask(request));
      }
    }
    return sent;
  }

  /** Whether something was told of, or it is time for a look; empty if the run has ended. */
  private Optional<Boolean> awaitNews(TreeWatch watch) throws InterruptedException {
    for (Duration left = every; !left.isNegative() && !left.isZero(); left = left.minus(LOOK)) {
      if (watch.await(left.compareTo(LOOK) < 0 ? left : LOOK)) {
        return Optional.of(true);
      }
      if (!asking.lives()) {
        return Optional.empty();
      }
    }
    return Optional.of(false);
  }

  /** Tells what came of an update, if it is news. */
  private Sent tell(Reply reply) {
    if (reply instanceof Reply.NoRun || reply instanceof Reply.Lost) {
      return Sent.OVER;
    }
    if (!(reply instanceof Reply.Answered answered)) {
      asking.tell(reply, "the update");
      return Sent.NOT_NOW;
    }
    if (answered.answer() instanceof Answer.Over) {
      return Sent.OVER;
    }
    if (answered.answer() instanceof Answer.Refused refused) {
      if (!refused.problems().equals(problems)) {
        problems = refused.problems();
        asking.tell(reply, "the update");
      }
      return Sent.REFUSED;
    }
    problems = List.of();
    if (answered.answer() instanceof Answer.Updated updated) {
      glob = updated.match();
      // What fails again was asked for once.
      request = new Request.Update(request.old());
      if (UpdateText.changes(updated)) {
        asking.tell(reply, "the update");
        UpdateText.print(updated, outside.err());
      }
    }
    return Sent.TAKEN_UP;
  }
}
