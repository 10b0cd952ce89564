package org.jobfold.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jobfold.disk.LockHolder;
import org.jobfold.disk.Reading;
import org.jobfold.disk.Sight;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.Durations;
import org.jobfold.folder.FolderName;
import org.jobfold.journal.Entry;
import org.jobfold.journal.FolderState.Live;
import org.jobfold.submit.Submissions;

/** How a run stands, for people. */
final class StatusText {
  private static final int CAUSES = 5;
  private static final int DAMAGE = 5;

  private final Path root;
  private final Standing standing;

  /** Of the tree with this root. */
  StatusText(Path root, Standing standing) {
    this.root = root;
    this.standing = standing;
  }

  /** All of it; so many running folders at most. */
  List<String> lines(int folders) {
    List<String> lines = new ArrayList<>();
    lines.add(shown(root) + ": " + state());
    if (standing.sight().account().file().isEmpty()) {
      return lines;
    }
    if (standing.sight().isBeginning() || standing.isQueued()) {
      lines.add("what follows is of the run before:");
    }
    lines.add("  " + numbers());
    pace(lines);
    Paused.line(root, standing).ifPresent(lines::add);
    WithoutRoom.of(standing.sight().account().state()).line().ifPresent(lines::add);
    lost(lines);
    withheld(lines);
    running(lines, folders);
    failures(lines);
    lines.addAll(standing.blocked().lines());
    damage(lines);
    resume(lines);
    lines.add("(from the journal '" + shown(standing.sight().account().file().get()) + "')");
    return lines;
  }

  /** The state and the numbers on one line. */
  String line() {
    return word()
        + (standing.sight().account().file().isEmpty() ? "" : ": " + numbers())
        + (Paused.is(root, standing) ? "; paused, the disk is full" : "")
        + standing.rest().map(rest -> "; about " + text(rest) + " to go").orElse("");
  }

  private String word() {
    return standing.sight().isBeginning()
        ? "beginning"
        : standing.word().equals("never") ? "never run" : standing.word();
  }

  private String state() {
    return standing.isQueued() ? "queued: a batch job is to run it" : ofRun();
  }

  private String ofRun() {
    return switch (standing.state()) {
      case NEVER -> "it has not been run" + above();
      case RUNNING ->
          (standing.sight().isBeginning() ? "a run is beginning" : "running")
              + holder()
              + ranks()
              + (standing.isIdle() ? "; all is done, and it waits for 'jobfold update'" : "");
      case COMPLETE ->
          (standing.notDone() == 0 ? "complete" : "complete, with failures") + ended() + ranks();
      case INCOMPLETE -> "incomplete, stopped before all was done" + ended() + ranks();
      case KILLED -> "killed: " + killed() + ranks();
    };
  }

  /** It may be that a tree above was run, and this is a part of it. */
  private String above() {
    return Stream.iterate(root.getParent(), dir -> dir != null, Path::getParent)
        .filter(StateDirectory::isIn)
        .findFirst()
        .map(dir -> "; '" + shown(dir) + "', which it is a part of, has: 'jobfold status' that")
        .orElse("");
  }

  private String holder() {
    return standing
        .sight()
        .holder()
        .map(
            by ->
                by.host().isEmpty()
                    ? ", but the lock is damaged: it can not be said by whom"
                    : by(by) + by.since().map(t -> ", since " + time(t)).orElse(""))
        .orElse("");
  }

  private static String by(LockHolder holder) {
    return " as process " + holder.pid() + " on host '" + Words.line(holder.host()) + "'";
  }

  private String ended() {
    return standing
            .sight()
            .account()
            .state()
            .end()
            .map(over -> ", ended " + time(over.at()))
            .orElse("")
        + standing.elapsed().map(time -> " after " + text(time)).orElse("");
  }

  private String killed() {
    String who =
        standing
            .run()
            .map(
                run ->
                    "process " + run.pid() + " on host '" + Words.line(run.host()) + "' has ended")
            .orElse("the run has ended");
    String how =
        standing
            .sight()
            .holder()
            .filter(by -> by.life() == LockHolder.Life.SILENT)
            .map(
                by ->
                    by.host().isEmpty()
                        ? "its lock is damaged and is not renewed"
                        : "process "
                            + by.pid()
                            + " on host '"
                            + Words.line(by.host())
                            + "' does not renew its lock any more")
            .orElse(who + " without a word");
    return how
        + standing.sight().account().heard().map(t -> ", last heard of " + time(t)).orElse("");
  }

  private String ranks() {
    return standing.sight().isBeginning()
        ? ""
        : standing.run().map(run -> ", on " + Words.count(run.ranks(), "rank")).orElse("");
  }

  private String numbers() {
    List<String> parts = new ArrayList<>();
    parts.add(standing.succeeded() + " succeeded");
    if (standing.skipped() > 0) {
      parts.add(standing.skipped() + " skipped");
    }
    parts.add(standing.failed() + " failed");
    int blocked = standing.blocked().blocked().size();
    if (blocked > 0) {
      parts.add(blocked + " blocked");
    }
    boolean over =
        standing.state() == Sight.State.COMPLETE || standing.state() == Sight.State.INCOMPLETE;
    if (!over) {
      parts.add(
          standing.running().size()
              + (standing.state() == Sight.State.KILLED ? " were running" : " running"));
    }
    if (standing.waiting() > 0 || !over) {
      parts.add(standing.waiting() + (over ? " left" : " waiting"));
    }
    String again = standing.again() == 0 ? "" : " (" + standing.again() + " to be tried again)";
    return Words.count(standing.total(), "folder") + ": " + String.join(", ", parts) + again;
  }

  private void pace(List<String> lines) {
    if (standing.state() != Sight.State.RUNNING || standing.sight().isBeginning()) {
      return;
    }
    List<String> parts = new ArrayList<>();
    standing.elapsed().ifPresent(time -> parts.add(text(time) + " so far"));
    if (standing.rate() > 0 && !standing.isIdle()) {
      parts.add(rate(standing.rate()));
    }
    standing
        .rest()
        .ifPresent(rest -> parts.add("about " + text(rest) + " to go (an estimate by this rate)"));
    if (!parts.isEmpty()) {
      lines.add("  " + String.join(", ", parts));
    }
  }

  private static String rate(double second) {
    String[] units = {"second", "minute", "hour"};
    double rate = second;
    int unit = 0;
    while (rate < 1 && unit < units.length - 1) {
      rate *= 60;
      unit++;
    }
    return String.format(
        Locale.ROOT, rate < 10 ? "%.1f folders a %s" : "%.0f folders a %s", rate, units[unit]);
  }

  private void lost(List<String> lines) {
    for (Entry.RanksLost gone : standing.sight().account().state().lost()) {
      lines.add(
          "lost: "
              + Words.count(gone.ranks().size(), "rank")
              + " of host '"
              + Words.line(gone.host().name())
              + "' ("
              + Words.line(gone.reason())
              + "), "
              + time(gone.at()));
    }
  }

  private void withheld(List<String> lines) {
    if (standing.state() == Sight.State.RUNNING) {
      for (Entry.HostWithheld kept : standing.sight().account().state().withheld()) {
        lines.add(
            "withheld: host '"
                + Words.line(kept.host().name())
                + "', since "
                + time(kept.at())
                + ": "
                + Words.line(kept.reason()));
      }
    }
  }

  private void running(List<String> lines, int most) {
    List<Map.Entry<FolderName, Live>> all = standing.running();
    if (all.isEmpty()) {
      return;
    }
    lines.add(
        standing.state() == Sight.State.RUNNING
            ? "running, the longest first:"
            : "were running when it ended:");
    all.stream().limit(most).map(entry -> "  " + one(entry)).forEach(lines::add);
    if (all.size() > most) {
      lines.add("  and " + (all.size() - most) + " more: '--all' lists them");
    }
  }

  private String one(Map.Entry<FolderName, Live> entry) {
    Live live = entry.getValue();
    Duration time = Duration.between(live.at(), standing.at());
    String hosts =
        live.placement().shares().stream()
            .map(share -> Words.line(share.host().name()) + " × " + share.ranks().size())
            .collect(Collectors.joining(", "));
    return Words.line(entry.getKey().path())
        + ": trial "
        + live.trial()
        + (live.step() == 0 ? "" : ", step " + (live.step() + 1))
        + (standing.state() != Sight.State.RUNNING
            ? ", since " + time(live.at())
            : time.isNegative() ? "" : ", for " + text(time))
        + (hosts.isEmpty() ? "" : ", on " + hosts)
        + (live.pid().isPresent() ? ", process " + live.pid().getAsLong() : ", is being started");
  }

  private void failures(List<String> lines) {
    if (standing.failed() == 0) {
      return;
    }
    List<CauseCount> causes = CauseCount.of(standing.failures().values());
    lines.add("failed:");
    causes.stream().limit(CAUSES).map(cause -> "  " + cause.text()).forEach(lines::add);
    if (causes.size() > CAUSES) {
      lines.add("  and " + (causes.size() - CAUSES) + " more causes");
    }
    lines.add("  to see why: jobfold errors " + shown(root));
  }

  private void damage(List<String> lines) {
    Reading reading = standing.sight().account().reading();
    if (reading.damaged() == 0) {
      return;
    }
    lines.add(
        "damaged: "
            + reading.damaged()
            + (reading.damaged() == 1 ? " line" : " lines")
            + " of the journal; the numbers may be too small");
    reading.damage().stream()
        .limit(DAMAGE)
        .map(damage -> "  line " + damage.line() + ": " + Words.line(damage.what()))
        .forEach(lines::add);
  }

  private void resume(List<String> lines) {
    if (standing.isQueued()) {
      return;
    }
    switch (standing.state()) {
      case INCOMPLETE, KILLED -> lines.add("to go on: jobfold resume " + shown(root) + again());
      case COMPLETE, RUNNING, NEVER -> {}
    }
  }

  /** Of a tree that was submitted: on the host where that is asked, nobody may want to compute. */
  private String again() {
    return new Submissions(root.resolve(StateDirectory.NAME)).newest().isPresent()
        ? ", or as a batch job: jobfold submit " + shown(root) + " --resume"
        : "";
  }

  private static String shown(Path path) {
    return Words.line(path.toString());
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String text(Duration time) {
    return Durations.text(Duration.ofSeconds(Math.max(1, (time.toMillis() + 500) / 1000)));
  }
}
