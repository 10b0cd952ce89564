package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jobfold.comm.Host;
import org.jobfold.folder.FolderName;
import org.jobfold.spi.Loss;
import org.jobfold.spi.RunListener;
import org.jobfold.trial.Tally;
import org.junit.jupiter.api.Test;

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
    assertThat(lines)
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
            "\nlost: host 'n2' (4 ranks), host 'n1' (1 rank)\nincomplete: 1 not run; to go on");
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

  private static Summary summary() {
    return new Summary(
        Path.of("/sweep"),
        8,
        8,
        new Tally(1, 0, 5, 0, 0, 0, 4),
        new TreeMap<>(),
        Duration.ofSeconds(9),
        Duration.ofSeconds(8),
        List.of(WHOLE, PART),
        OptionalInt.empty(),
        Optional.empty());
  }
}
