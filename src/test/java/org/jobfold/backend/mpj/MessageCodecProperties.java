package org.jobfold.backend.mpj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jobfold.backend.mpj.Message.Begin;
import org.jobfold.backend.mpj.Message.Done;
import org.jobfold.backend.mpj.Message.Judged;

/** A message that arrives is the one that was sent. */
class MessageCodecProperties {
  @Property(tries = 500)
  void comesBackAsItWas(@ForAll("messages") Message message) {
    assertThat(MessageCodec.message(MessageCodec.bytes(message))).isEqualTo(message);
  }

  @Property(tries = 300)
  void aTornOneIsRefused(@ForAll("messages") Message message, @ForAll int cut) {
    byte[] bytes = MessageCodec.bytes(message);
    byte[] torn = Arrays.copyOf(bytes, Math.floorMod(cut, bytes.length));
    assertThatIllegalArgumentException().isThrownBy(() -> MessageCodec.message(torn));
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatIllegalArgumentException().isThrownBy(() -> MessageCodec.message(longer));
  }

  @Provide
  Arbitrary<Message> messages() {
    Arbitrary<Long> number = Arbitraries.longs();
    Arbitrary<String> text = Arbitraries.strings().all().excludeChars(surrogates());
    return Arbitraries.oneOf(
        Combinators.combine(number, number, Arbitraries.integers().list(), specs()).as(Begin::new),
        number.map(Message.Interrupt::new),
        Combinators.combine(number, Arbitraries.integers()).as(Message.Signal::new),
        number.map(Message.Judge::new),
        number.map(Message.Forget::new),
        number.map(Message.Drop::new),
        number.map(Message.Ready::new),
        Arbitraries.just(new Message.End()),
        text.map(Message.Here::new),
        Combinators.combine(text.list().ofMaxSize(4), text).as(Message.StartAgent::new),
        text.map(Message.AgentEnded::new),
        Combinators.combine(
                number, Arbitraries.of(Message.Verdict.class), text, text, text, text, times())
            .as(Done::new),
        Combinators.combine(number, Arbitraries.of(Message.Judgement.class), text).as(Judged::new));
  }

  private static Arbitrary<CallSpec> specs() {
    Arbitrary<String> text = Arbitraries.strings().ascii();
    Arbitrary<List<String>> texts = text.list().ofMaxSize(3);
    Arbitrary<SortedMap<String, String>> params =
        Arbitraries.maps(text, text).ofMaxSize(3).map(TreeMap::new);
    return Combinators.combine(text, texts, params, params, text, Arbitraries.integers(), texts)
        .as((a, b, c, d, e, f, g) -> new CallSpec(a, b, c, d, e, e + "/f", f, g, "out", e + "2"));
  }

  private static Arbitrary<ProcessorTime> times() {
    Arbitrary<Duration> time = Arbitraries.longs().greaterOrEqual(0).map(Duration::ofNanos);
    return Combinators.combine(time, time).as(ProcessorTime::new);
  }

  /** Half a character is no text, and no UTF-8. */
  private static char[] surrogates() {
    char[] all = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
    for (int i = 0; i < all.length; i++) {
      all[i] = (char) (Character.MIN_SURROGATE + i);
    }
    return all;
  }
}
