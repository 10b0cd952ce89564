package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jobfold.comm.Host;
import org.jobfold.disk.JournalFile;
import org.jobfold.disk.RunWatch;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.FolderName;
import org.jobfold.journal.Entry;
import org.jobfold.spi.Loss;
import org.jobfold.spi.RunListener;
import org.jobfold.spi.Withholding;
import org.jobfold.trial.Tally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and machines are told of hosts that are lost. */
class LostHostsTest {
  private static final Loss WHOLE =
      new Loss(new Host("n2"), List.of(4, 5, 6, 7), "no sign of life for 4s", 3, 0, 4);
  private static final Loss PART = new Loss(new Host("n1"), List.of(3), "its JVM ended", 1, 3, 3);

  @Test
  void aLineForEachLoss() {
    List<String> lines = new ArrayList<>();
    RunListener notes = RunListener.all(new RunNotes(lines::add, OptionalInt.empty()));
    notes.ranksLost(WHOLE);
    notes.ranksLost(PART);
    notes.leftOut(new FolderName("/a"), 1, 4);
    notes.leftOut(new FolderName("/a"), 3, 4);
    notes.hostWithheld(
        new Withholding(
            new Host("n3"),
            Duration.ofMinutes(5),
            Withholding.Verdict.AT_FAULT,
            new TreeMap<>(
                Map.of(new FolderName("/a"), List.of(1), new FolderName("/b"), List.of(2)))));
    notes.hostBack(new Host("n3"));
    assertThat(lines.subList(4, 6))
        .containsExactly(
            "jobfold: nothing is started on host 'n3' for 5m: different folders have failed on it"
                + " in a row, and folders succeed elsewhere; 2 folders that failed there run again,"
                + " which costs no trial",
            "jobfold: host 'n3' is used again");
    assertThat(lines.subList(0, 4))
        .containsExactly(
            "jobfold: host 'n2' is lost (no sign of life for 4s): its 4 ranks are left out; 3"
                + " folders that ran there run again",
            "jobfold: 1 rank of host 'n1' is lost (its JVM ended): that 1 rank is left out; 1"
                + " folder that ran there runs again",
            "jobfold: folder '/a' asks for more ranks than the 4 that are left: it is not run;"
                + " 'jobfold resume' in a larger allocation goes on",
            "jobfold: folder '/a' and 2 others ask for more ranks than the 4 that are left: they"
                + " are not run; 'jobfold resume' in a larger allocation goes on");
  }

  @Test
  void theSummaryNamesThem() {
    StringWriter text = new StringWriter();
    new SummaryText(summary(), new PrintWriter(text)).print();
    assertThat(text.toString())
        .contains(
            "\nlost: host 'n2' (4 ranks), host 'n1' (1 rank)\nwithheld: host 'n3', on which folders failed that succeed elsewhere; 4 failures there cost no trial\nincomplete: 1 not run; to go on");
    JsonNode json = json();
    assertThat(json.get("exit").asInt()).isEqualTo(3);
    assertThat(json.at("/lost/0/host").asText()).isEqualTo("n2");
    assertThat(json.at("/lost/0/ranks/3").asInt()).isEqualTo(7);
    assertThat(json.at("/lost/1/reason").asText()).isEqualTo("its JVM ended");
    Documented.in("run-json.md").covers(json);
  }

  /** The summary of a run that has lost ranks. */
  static JsonNode json() {
    StringWriter json = new StringWriter();
    SummaryJson.print(summary(), new PrintWriter(json));
    try {
      return new ObjectMapper().readTree(json.toString());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theStatusNamesThemWhileTheRunGoesOn(@TempDir Path root) throws IOException {
    Standing standing = standing(root);
    assertThat(String.join("\n", new StatusText(root, standing).lines(5)))
        .contains("lost: 2 ranks of host 'n2' (silent), 2026-01-01T00:00:00Z");
    JsonNode json = statusJson();
    assertThat(json.at("/lost/0/ranks/1").asInt()).isEqualTo(5);
    assertThat(json.at("/withheld/0/host").asText()).isEqualTo("n3");
    assertThat(json.at("/withheld/1/host").isMissingNode()).as("n4 is back").isTrue();
  }

  /** The status of a run that has lost ranks, and does not trust a host. */
  static JsonNode statusJson() throws IOException {
    Path root = Files.createTempDirectory("status");
    StringWriter json = new StringWriter();
    Json.document(new PrintWriter(json), new StatusJson(root, standing(root))::write);
    return new ObjectMapper().readTree(json.toString());
  }

  private static Standing standing(Path root) throws IOException {
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    try (JournalFile journal = StateDirectory.of(root).fresh(at)) {
      journal.append(new Entry.RunStarted(at, "n1", 1, 8, 2, 1, "r"));
      journal.append(new Entry.RanksLost(at, new Host("n2"), List.of(4, 5), "silent"));
      journal.append(new Entry.HostWithheld(at, new Host("n3"), "they fail", new TreeMap<>()));
      journal.append(new Entry.HostWithheld(at, new Host("n4"), "they fail", new TreeMap<>()));
      journal.append(new Entry.HostBack(at, new Host("n4")));
    }
    return Standing.of(new RunWatch(root).look(), at);
  }

  private static Summary summary() {
    return new Summary(
        Path.of("/sweep"),
        8,
        2,
        8,
        new Tally(1, 0, 5, 0, 0, 0, 4),
        new TreeMap<>(),
        Duration.ofSeconds(9),
        Duration.ofSeconds(8),
        List.of(WHOLE, PART),
        WithoutRoom.NONE,
        new TreeMap<>(Map.of(new Host("n3"), 4)),
        OptionalInt.empty(),
        Optional.empty());
  }
}
