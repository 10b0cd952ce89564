package org.jobfold.backend.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.Backoff;
import org.jobfold.folder.Change;
import org.jobfold.folder.Command;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Origin;
import org.jobfold.folder.Phase;
import org.jobfold.folder.Retry;
import org.jobfold.folder.Settings;
import org.jobfold.folder.Step;
import org.jobfold.folder.SuccessCheck;
import org.jobfold.journal.Accounts;
import org.jobfold.spi.Force;
import org.jobfold.spi.Order;
import org.jobfold.spi.Orders;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;

/** Laws of the messages between lead and agents. */
class WireProperties {
  @Property
  void whatAnAgentIsAskedArrivesAsItWas(@ForAll("toAgent") ToAgent message) throws Exception {
    assertThat(ToAgent.CODEC.value(ToAgent.CODEC.bytes(message))).isEqualTo(message);
  }

  @Property
  void whatALeadIsToldArrivesAsItWas(@ForAll("toLead") ToLead message) throws Exception {
    assertThat(ToLead.CODEC.value(ToLead.CODEC.bytes(message))).isEqualTo(message);
  }

  @Property
  void whatIsCutOffIsRefused(@ForAll("toAgent") ToAgent message, @ForAll Random random) {
    byte[] bytes = ToAgent.CODEC.bytes(message);
    byte[] part = Arrays.copyOf(bytes, random.nextInt(bytes.length));
    assertThatThrownBy(() -> ToAgent.CODEC.value(part)).isInstanceOf(UnreadableException.class);
  }

  @Property
  void whatIsLeftOverIsRefused(@ForAll("toAgent") ToAgent message) {
    byte[] bytes = ToAgent.CODEC.bytes(message);
    byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> ToAgent.CODEC.value(more)).isInstanceOf(UnreadableException.class);
  }

  @Property
  void whatIsDamagedIsRefusedOrAnotherMessageAndNothingElse(
      @ForAll("toAgent") ToAgent message, @ForAll Random random) {
    byte[] bytes = ToAgent.CODEC.bytes(message);
    for (int i = 0; i < 20; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      assertReadOrRefused(damaged);
    }
  }

  @Property
  void anyBytesAreRefusedOrAMessageAndNothingElse(@ForAll byte[] bytes) {
    assertReadOrRefused(bytes);
  }

  private static void assertReadOrRefused(byte[] bytes) {
    try {
      assertThat(ToAgent.CODEC.value(bytes)).isNotNull();
    } catch (UnreadableException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  @Example
  void aCountMakesNobodyReserveMoreThanThereIs() {
    Sink sink = new Sink();
    sink.count(1); // an Await
    sink.count(Integer.MAX_VALUE);
    assertThatThrownBy(() -> ToAgent.CODEC.value(sink.all()))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("2147483647");
  }

  @Example
  void onlyWhatIsNamedByItsTypeCanBeMade() {
    assertThatThrownBy(() -> Codecs.of(Object.class)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Codecs.of(Holder.class)).isInstanceOf(IllegalArgumentException.class);
  }

  /** A record of what has no codec. */
  record Holder(Thread thread) {}

  @Example
  void allExitCodesAreNoBurden() {
    Order order = Orders.shell("/a", "true");
    assertThat(ToAgent.CODEC.bytes(new ToAgent.Launch(order))).hasSizeLessThan(150);
  }

  @Example
  void aValueThatCanNotBeIsRefused() {
    // the trial 0 of a folder
    byte[] bytes =
        ToAgent.CODEC.bytes(new ToAgent.End(new TrialId(FolderName.ROOT, 1, 0), Force.KILL));
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("/") + 1;
    bytes[at] = 0;
    assertThatThrownBy(() -> ToAgent.CODEC.value(bytes))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("no trial 0");
  }

  @Provide
  Arbitrary<ToAgent> toAgent() {
    return Arbitraries.randomValue(random -> new Values(random).toAgent());
  }

  @Provide
  Arbitrary<ToLead> toLead() {
    return Arbitraries.randomValue(random -> new Values(random).toLead());
  }

  /** Random values of all kinds that there are. */
  private static final class Values {
    private static final String[] TEXTS = {
      "", "a", " ", "\n", "é", "\ud83d\ude00", "\ud800", "\0", "'\"\\", "x".repeat(300)
    };

    private final Random random;

    Values(Random random) {
      this.random = random;
    }

    ToAgent toAgent() {
      return switch (random.nextInt(6)) {
        case 0 -> new ToAgent.Sweep(duration());
        case 1 -> new ToAgent.Await(some(random::nextLong));
        case 2 -> new ToAgent.End(id(), one(Force.values()));
        case 3 -> new ToAgent.Signal(id(), random.nextInt(65));
        case 4 -> new ToAgent.Close();
        default -> new ToAgent.Launch(order());
      };
    }

    ToLead toLead() {
      return switch (random.nextInt(5)) {
        case 0 -> new ToLead.Swept(some(this::text));
        case 1 -> new ToLead.Noted(text());
        case 2 -> new ToLead.Awaited();
        case 3 -> new ToLead.Closed();
        default -> new ToLead.Happened(event());
      };
    }

    private SessionEvent event() {
      return switch (random.nextInt(3)) {
        case 0 -> new SessionEvent.Started(id(), random.nextLong());
        case 1 ->
            new SessionEvent.Ended(
                id(),
                random.nextBoolean() ? Outcome.success() : Outcome.failed(Accounts.cause(random)),
                new Usage(instant(), duration(), duration(), duration(), random.nextLong()),
                text(),
                text(),
                text(),
                some(this::text));
        default -> new SessionEvent.RanksLost(host(), some(() -> random.nextInt(9)), text());
      };
    }

    private Order order() {
      JobFolder folder =
          new JobFolder(
              new FolderName("/f" + text().replace("/", "")),
              functional(),
              settings(),
              random.nextBoolean(),
              some(this::dependency),
              one(Phase.values()),
              some(this::text));
      Step step = one(folder.functional().asSteps().toArray(Step[]::new));
      return new Order(id(), folder, step, placement(), random.nextInt(1000));
    }

    private Dependency dependency() {
      return random.nextBoolean() ? Dependency.on("../x*") : Dependency.afterAny("/y");
    }

    private Functional functional() {
      if (random.nextInt(3) > 0) {
        return single();
      }
      List<Step> steps = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        steps.add(new Step("s" + i, single(), maybe(this::check)));
      }
      return new Functional.Steps(steps);
    }

    private Functional.Single single() {
      return switch (random.nextInt(3)) {
        case 0 -> new Functional.Program(new Command.Shell("echo " + text()));
        case 1 ->
            new Functional.Program(
                new Command.Exec(
                    Stream.concat(Stream.of("p"), some(this::text).stream()).toList()));
        default -> new Functional.Call("a.B", some(this::text), some(this::text));
      };
    }

    private Settings settings() {
      return Settings.DEFAULT
          .edit()
          .ranks(optional())
          .mpi(random.nextBoolean())
          .maxtrials(optional())
          .timeout(maybe(() -> duration().plusNanos(1)))
          .env(map(this::text))
          .params(map(this::text))
          .stdin(maybe(this::text))
          .stdout(text())
          .stderr(text())
          .success(check())
          .retry(retry())
          .tokens(map(() -> 1 + random.nextInt(5)))
          .priority(random.nextInt())
          .inputs(maybe(() -> some(this::text)))
          .outputs(some(this::text))
          .build();
    }

    private Retry retry() {
      Map<Retry.Kind, Change> worth = new HashMap<>();
      for (Retry.Kind kind : Retry.Kind.values()) {
        if (random.nextBoolean()) {
          worth.put(kind, new Change(1 + random.nextDouble(), optional()));
        }
      }
      Duration delay = duration();
      return new Retry(
          maybe(() -> new Backoff(delay, 1 + random.nextDouble(), delay.plus(duration()))),
          worth,
          codes(),
          1 + random.nextInt(4),
          optional());
    }

    private SuccessCheck check() {
      return new SuccessCheck(
          codes(),
          maybe(
              () ->
                  new SuccessCheck.FilePattern("log", maybe(() -> "^Total.*" + random.nextInt()))));
    }

    private Set<Integer> codes() {
      return random.nextInt(4) == 0 ? Retry.ANY_CODE : Set.copyOf(some(() -> random.nextInt(256)));
    }

    private Placement placement() {
      List<Placement.Share> shares = new ArrayList<>();
      int rank = random.nextInt(5);
      for (int i = random.nextInt(3); i >= 0; i--) {
        List<Integer> ranks = new ArrayList<>();
        for (int j = random.nextInt(4); j >= 0; j--) {
          ranks.add(rank);
          rank += 1 + random.nextInt(3);
        }
        shares.add(new Placement.Share(new Host("n" + i), ranks));
      }
      return new Placement(shares);
    }

    private TrialId id() {
      return new TrialId(
          new FolderName("/f" + random.nextInt(9)), 1 + random.nextInt(9), random.nextInt(3));
    }

    private Host host() {
      return new Host("n" + random.nextInt(9));
    }

    private Duration duration() {
      return Duration.ofNanos(random.nextLong(1L << random.nextInt(1, 62)));
    }

    private Instant instant() {
      return Instant.ofEpochSecond(random.nextLong(1L << 33), random.nextInt(1_000_000_000));
    }

    private OptionalInt optional() {
      return random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(64));
    }

    private String text() {
      return one(TEXTS);
    }

    private <T> T one(T[] all) {
      return all[random.nextInt(all.length)];
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
      return random.nextBoolean() ? Optional.empty() : Optional.of(value.get());
    }

    private <T> List<T> some(Supplier<T> value) {
      return Stream.generate(value).limit(random.nextInt(4)).distinct().toList();
    }

    private <T> Map<String, T> map(Supplier<T> value) {
      Map<String, T> map = new HashMap<>();
      some(this::text).forEach(name -> map.put(name, value.get()));
      return map;
    }
  }

  @Example
  void whereSomethingWasWrittenIsNoPartOfIt() throws Exception {
    JobFolder folder =
        JobFolder.shell("/a", "true")
            .dependingOn(
                new Dependency("b", org.jobfold.folder.After.SUCCESS, Origin.in("job.yaml", 3)));
    ToAgent message = new ToAgent.Launch(Orders.of(folder));
    assertThat(ToAgent.CODEC.value(ToAgent.CODEC.bytes(message))).isEqualTo(message);
  }
}
