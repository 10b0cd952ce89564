package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jobfold.comm.Placement;
import org.jobfold.spi.Backend;
import org.jobfold.spi.Force;
import org.jobfold.spi.Order;
import org.jobfold.spi.Orders;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command that several allocations are at, one after another. */
@Timeout(120)
class SuccessionTest {
  private static final Instant BEGAN = Instant.parse("2126-01-01T00:00:00Z");

  @TempDir private Path root = Path.of("/");
  private final List<String> ran = new ArrayList<>();
  private String out = "";
  private String err = "";

  @BeforeEach
  void plant() throws IOException {
    for (String name : List.of("a", "wide", "z")) {
      Files.createDirectories(root.resolve(name));
      Files.writeString(root.resolve(name + "/job.yaml"), "command: 'true'\n");
    }
  }

  @Test
  void whatAWornAllocationCanNotDoIsHandedOverAndTheNextOneGoesOn() {
    Links worn = new Links(Optional.empty(), true);
    assertThat(run(worn, "run", root.toString(), "--json", "--maxtrials", "2")).isEqualTo(3);
    assertThat(worn.handedOver).isEqualTo(1);
    assertThat(out).as("what came of it is told by the last one").isEmpty();
    assertThat(ran).containsExactly("/a", "/wide", "/z");

    ran.clear();
    Links next = new Links(Optional.of(BEGAN), false);
    assertThat(run(next, "run", root.toString(), "--json", "--maxtrials", "2")).isZero();
    assertThat(ran).containsExactly("/wide");
    assertThat(next.handedOver).isZero();
    assertThat(out).contains("\"succeeded\":3");
  }

  @Test
  void whatTheNextAllocationIsTooNarrowForIsLeftAndTheOthersRun() throws IOException {
    assertThat(run(new Links(Optional.empty(), true), "run", root.toString())).isEqualTo(3);
    Files.writeString(root.resolve("wide/job.yaml"), "command: 'true'\nranks: 2\n");
    Files.createDirectory(root.resolve("more"));
    Files.writeString(root.resolve("more/job.yaml"), "command: 'true'\n");
    ran.clear();
    Links next = new Links(Optional.of(BEGAN), false);
    assertThat(run(next, "run", root.toString(), "--json")).isEqualTo(3);
    assertThat(ran).containsExactly("/more");
    assertThat(err).contains("folder '/wide' asks for more ranks than the 1 that are left");
    assertThat(run(new Links(Optional.empty(), false), "resume", root.toString())).isEqualTo(2);
    assertThat(err).contains("asks for 2 ranks, there is 1");
  }

  @Test
  void withNobodyToFollowTheRunTellsWhatCameOfIt() {
    Links last = new Links(Optional.of(BEGAN), false);
    assertThat(run(new Links(Optional.empty(), true), "run", root.toString())).isEqualTo(3);
    last.interrupts = true;
    assertThat(run(last, "run", root.toString(), "--json")).isEqualTo(3);
    assertThat(last.handedOver).isZero();
    assertThat(out).contains("\"exit\":3");
  }

  @Test
  void aRunThatIsDoneIsNotHandedOver() {
    Links worn = new Links(Optional.empty(), true);
    worn.interrupts = false;
    assertThat(run(worn, "run", root.toString())).isZero();
    assertThat(worn.handedOver).isZero();
  }

  @Test
  void aRunThatWasStoppedIsNotHandedOver() {
    Links worn = new Links(Optional.empty(), true);
    worn.signal = 15;
    assertThat(run(worn, "run", root.toString())).isEqualTo(143);
    assertThat(worn.handedOver).isZero();
  }

  @Test
  void aRunWhoseEndIsNearIsNotHandedOver() {
    Links worn = new Links(Optional.empty(), true);
    worn.signal = 10;
    assertThat(run(worn, "run", root.toString())).isEqualTo(3);
    assertThat(worn.handedOver).isZero();
  }

  @Test
  void aRunThatHoldsItsRanksEndsWhenTheyAreWornAndFoldersAreLeft() {
    Links worn = new Links(Optional.empty(), true);
    assertThat(run(worn, "run", root.toString(), "--keepalive")).isEqualTo(3);
    assertThat(worn.handedOver).isEqualTo(1);
  }

  @Test
  void whatIsLeftAfterTooManyFailuresIsNotHandedOver() {
    Links worn = new Links(Optional.empty(), true);
    worn.fails = true;
    assertThat(run(worn, "run", root.toString(), "--fail-fast", "--nbpools", "1")).isEqualTo(3);
    assertThat(worn.handedOver).isZero();
  }

  @Test
  void theWordsGoOnAndWhatHoldsForOnceIsNotRepeated() {
    assertThat(words("run", "sweep", "-p", "a=1", "--keepalive", "--break-lock", "--force"))
        .containsExactly("resume", "--", "sweep");
    assertThat(words("resume", "sweep", "--json", "--retry-failed", "--adopt"))
        .containsExactly("resume", "--json", "--", "sweep");
    assertThat(words("run", "--part=2.7", "sweep", "--end", "8h"))
        .containsExactly("resume", "--part=2.7", "--end=2126-01-01T08:00:00Z", "--", "sweep");
    assertThat(words("run", "--", "-sweep")).containsExactly("resume", "--", "-sweep");
  }

  @Test
  void otherCommandsStayAsTheyAre() {
    assertThat(words("scan", "sweep")).containsExactly("scan", "sweep");
    assertThat(words("run", "--help")).containsExactly("run", "--help");
    assertThat(words("run")).containsExactly("run");
    assertThat(words()).isEmpty();
  }

  private static String[] words(String... typed) {
    StringWriter nowhere = new StringWriter();
    return SuccessorWords.of(InProcess.commandLine(nowhere, nowhere), typed, BEGAN);
  }

  /** Runs a command; gives its exit code. */
  private int run(Links links, String... arguments) {
    StringWriter said = new StringWriter();
    StringWriter toldPeople = new StringWriter();
    Outside outside =
        new Outside(
            new PrintWriter(said, true),
            new PrintWriter(toldPeople, true),
            Outside.Terminal.NO,
            "1.2.3",
            Map.of(),
            new Worn(links),
            handler -> {
              if (links.signal != 0) {
                handler.accept(links.signal);
              }
              return () -> {};
            },
            (words, limit) -> {
              throw new AssertionError("nothing is to be asked");
            },
            List.of("jobfold"));
    int code = CommandLineRunner.run(arguments, outside);
    out = said.toString().replace(" ", "");
    err = toldPeople.toString();
    return code;
  }

  /** What an allocation is told of those before and after it, and whether its ranks are worn. */
  private static final class Links implements Succession {
    private final Optional<Instant> began;
    private final boolean worn;
    private boolean interrupts;
    private boolean fails;
    private int signal;
    private int handedOver;

    Links(Optional<Instant> began, boolean worn) {
      this.began = began;
      this.worn = worn;
      this.interrupts = worn;
    }

    @Override
    public Optional<Instant> began() {
      return began;
    }

    @Override
    public boolean isWorn() {
      return worn;
    }

    @Override
    public void handOver() {
      handedOver++;
    }
  }

  /** Ranks that can not run the folder {@code /wide} any more, if they are worn. */
  private final class Worn implements Outside.Backends {
    private final Links links;

    Worn(Links links) {
      this.links = links;
    }

    @Override
    public Succession succession() {
      return links;
    }

    @Override
    public Backend open(Outside.Request request) {
      return new Backend() {
        @Override
        public Placement allocation() {
          return Orders.ranks("here", 1);
        }

        @Override
        public Session open(Consumer<SessionEvent> events) {
          return new Ending(events);
        }
      };
    }

    private final class Ending implements Session {
      private final Consumer<SessionEvent> events;

      Ending(Consumer<SessionEvent> events) {
        this.events = events;
      }

      @Override
      public void launch(Order order) {
        String folder = order.folder().name().path();
        ran.add(folder);
        Outcome outcome =
            links.fails
                ? Outcome.failed(new Cause.Signal(9))
                : links.interrupts && folder.equals("/wide")
                    ? Outcome.failed(new Cause.Interrupted("its ranks are worn"))
                    : Outcome.success();
        events.accept(
            new SessionEvent.Ended(
                order.id(), outcome, Usage.none(Instant.EPOCH), "stdout", "stderr", List.of()));
      }

      @Override
      public void end(TrialId id, Force force) {}

      @Override
      public void signal(TrialId id, int signal) {}

      @Override
      public void close() {}
    }
  }
}
