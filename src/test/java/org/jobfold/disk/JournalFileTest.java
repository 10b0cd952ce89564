package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.FolderName;
import org.jobfold.journal.Entry;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final FolderName SILICON = new FolderName("/si/a5.43");
  private static final FolderName AWKWARD = new FolderName("/a \"b\"\n");
  private static final Usage USAGE =
      new Usage(
          at(1), Duration.ofMillis(1500), Duration.ofMillis(1250), Duration.ofMillis(125), 1 << 20);
  private static final Cause CODE_2 = new Cause.ExitCode(2);
  static final List<Entry> TWO_FOLDERS =
      List.of(
          new Entry.RunStarted(at(0), "node1", 4711, 2, 2, 1, "r1"),
          new Entry.TrialOrdered(
              at(1),
              new TrialId(SILICON, 1, 0),
              new Placement(List.of(new Placement.Share(new Host("node1"), List.of(0, 1)))),
              0),
          new Entry.TrialStarted(at(1), new TrialId(SILICON, 1, 0), 4712),
          new Entry.TrialEnded(
              at(3), new TrialId(SILICON, 1, 0), Outcome.success(), USAGE, "stdout", "stderr"),
          new Entry.FolderSettled(at(3), SILICON, new FinalState(1, Optional.empty())),
          new Entry.TrialEnded(
              at(3), new TrialId(AWKWARD, 2, 1), Outcome.failed(CODE_2), USAGE, "stdout", "stderr"),
          new Entry.FolderSettled(
              at(3),
              AWKWARD,
              new FinalState(
                  2,
                  Optional.of(
                      new Failure(
                          CODE_2,
                          2,
                          USAGE,
                          "stdout",
                          "stderr",
                          "",
                          List.of(),
                          List.of(new Host("node1")))))),
          new Entry.TrialFailed(
              at(4),
              new FolderName("/c"),
              1,
              new Cause.LaunchError("no 'lmp'", Cause.Prospect.LASTING)),
          new Entry.FolderReached(at(4), new FolderName("/c"), 1, 2),
          Entry.FolderReached.anew(at(4), new FolderName("/f"), 2),
          new Entry.FolderSettled(at(4), new FolderName("/d"), FinalState.skipped("unchanged")),
          new Entry.FolderSettled(
              at(4),
              new FolderName("/e"),
              new FinalState(
                  0,
                  Optional.of(
                      new Failure(
                          new Cause.Upstream(new TreeSet<>(List.of(AWKWARD, new FolderName("/x")))),
                          0,
                          Usage.none(at(4)),
                          "",
                          "",
                          "",
                          List.of())))),
          new Entry.RanksLost(at(4), new Host("node2"), List.of(2, 3), "it is silent"),
          new Entry.HostWithheld(
              at(4),
              new Host("node3"),
              "folders fail on it",
              new TreeMap<>(Map.of(new FolderName("/c"), List.of(1)))),
          new Entry.HostBack(at(4), new Host("node3")),
          new Entry.FoldersDropped(at(4), List.of(SILICON, new FolderName("/c"))),
          new Entry.FoldersLeft(at(4), 1),
          new Entry.RunEnded(at(4), 0));

  private final Path root;

  JournalFileTest(@TempDir Path root) {
    this.root = root;
  }

  @Test
  void itWritesTheFormatThatIsDocumented() throws IOException {
    try (JournalFile journal = StateDirectory.of(root).fresh(START)) {
      TWO_FOLDERS.forEach(journal::append);
    }
    String vector = Files.readString(Path.of("src/test/resources/journal/two-folders.jsonl"));
    assertThat(Files.readString(root.resolve(".jobfold/journal.1.jsonl"))).isEqualTo(vector);
    assertThat(Files.readString(Path.of("docs/formats/journal.md"))).contains(vector);
  }

  @Test
  void whatWasFlushedIsInTheFileWhileTheRunGoesOn() throws IOException {
    try (JournalFile journal = StateDirectory.of(root).fresh(START)) {
      journal.append(TWO_FOLDERS.get(0));
      journal.flush();
      assertThat(Files.readAllLines(journal.path())).hasSize(2);
    }
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
