package org.jobfold.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.control.Recorder.bytes;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members that do not take up what they are sent. */
@Timeout(120)
class PressureTest {
  private static final int MIB = 1 << 20;

  private final Secret secret = Secret.random();
  private final Recorder lead = new Recorder();
  private final Recorder member = new Recorder();
  private final Recorder other = new Recorder();
  private final CountDownLatch released = new CountDownLatch(1);
  private LeadPort port;

  @BeforeEach
  void open() throws IOException {
    port = LeadPort.open(StarTest.loopback(0), secret, Lease.DEFAULT, lead);
  }

  @AfterEach
  void close() {
    released.countDown();
    port.close();
  }

  @Test
  void aMemberThatDoesNotReadIsLostAndTheOthersAreServed() throws IOException {
    join("stuck", stuck());
    join("well", other);
    Peer stuck = peer("stuck");
    byte[] long_ = new byte[MIB];
    long sent = 0;
    while (lead.words().stream().noneMatch(Recorder::isEnd)) {
      stuck.send(long_);
      sent++;
      assertThat(sent).isLessThan(10_000_000);
    }
    assertThat(lead.awaitEnd()).contains("lost: it does not read: 64 MiB wait to be sent to it");
    peer("well").send(bytes("you are well"));
    assertThat(other.await("it comes", all -> !all.isEmpty()))
        .containsExactly("received you are well");
  }

  @Test
  void whoIsBusyForLongerThanTheLeaseIsNotDeadAndGetsEverything() throws IOException {
    Lease quick = new Lease(Duration.ofMillis(50), Duration.ofSeconds(3));
    Waiting slowLead = new Waiting(lead, released);
    LeadPort busy = LeadPort.open(StarTest.loopback(0), secret, quick, slowLead);
    try {
      Peer up =
          MemberPort.join(
              busy.address(), secret, quick, bytes(""), Duration.ofSeconds(20), stuck());
      Peer down = lead.peer(0);
      for (int i = 0; i < 50; i++) {
        up.send(new byte[MIB + i]);
        down.send(new byte[MIB + i]);
      }
      long begin = System.nanoTime();
      lead.await("the lease is over", all -> isOver(begin, quick) || isEnded(all));
      assertThat(lead.words()).containsExactly("joined ");
      assertThat(member.words()).isEmpty();
      released.countDown();
      List<String> all =
          IntStream.range(0, 50).mapToObj(i -> "received " + (MIB + i) + " bytes").toList();
      assertThat(member.await("all came", words -> words.size() >= 50 || isEnded(words)))
          .containsExactlyElementsOf(all);
      assertThat(lead.await("all came", words -> words.size() >= 51 || isEnded(words)))
          .startsWith("joined ")
          .endsWith(all.toArray(new String[0]));
    } finally {
      busy.close();
    }
  }

  @Test
  void whatWaitsAtABusyEndIsSentBeforeTheGoodbye() throws IOException {
    join("slow", stuck());
    Peer slow = peer("slow");
    for (int i = 0; i < 50; i++) {
      slow.send(new byte[MIB]);
    }
    slow.close();
    released.countDown();
    assertThat(member.awaitEnd()).hasSize(51).endsWith("left");
    assertThat(lead.awaitEnd()).endsWith("left");
  }

  private static boolean isOver(long begin, Lease lease) {
    return System.nanoTime() - begin > 3 * lease.silence().toNanos() / 2;
  }

  private static boolean isEnded(List<String> words) {
    return words.stream().anyMatch(Recorder::isEnd);
  }

  @Test
  void aLeadThatIsSlowToTakeUpDoesNotFillItsMemory() throws IOException {
    LeadPort slow =
        LeadPort.open(StarTest.loopback(0), secret, Lease.DEFAULT, new Waiting(lead, released));
    try {
      Peer up =
          MemberPort.join(
              slow.address(), secret, Lease.DEFAULT, bytes(""), Duration.ofSeconds(20), member);
      long sent = 0;
      while (member.words().isEmpty()) {
        up.send(new byte[MIB]);
        sent++;
        assertThat(sent).isLessThan(10_000_000);
      }
      assertThat(member.awaitEnd())
          .containsExactly("lost: it does not read: 64 MiB wait to be sent to it");
      released.countDown();
      assertThat(lead.awaitEnd().size()).isLessThan(64);
    } finally {
      slow.close();
    }
  }

  @Test
  void beatsComeBetweenThePartsOfLongMessages() throws IOException {
    Lease quick = new Lease(Duration.ofMillis(50), Duration.ofMillis(1000));
    LeadPort busy = LeadPort.open(StarTest.loopback(0), secret, quick, lead);
    try {
      MemberPort.join(busy.address(), secret, quick, bytes(""), Duration.ofSeconds(20), member);
      Peer down = lead.peer(0);
      for (int round = 1; round <= 6; round++) {
        int count = 3 * round;
        for (int i = 0; i < 3; i++) {
          down.send(new byte[Peer.LONGEST_MESSAGE]);
        }
        member.await(
            "they came", all -> all.size() >= count || all.stream().anyMatch(Recorder::isEnd));
      }
      assertThat(member.words()).hasSize(18).containsOnly("received 16777216 bytes");
    } finally {
      busy.close();
    }
  }

  private Peer peer(String name) {
    int number =
        lead.await("it joins", all -> all.contains("joined " + name)).indexOf("joined " + name);
    return lead.peer(number);
  }

  private PeerHandler stuck() {
    return new Waiting(member, released);
  }

  private Peer join(String name, PeerHandler handler) throws IOException {
    return MemberPort.join(
        port.address(), secret, Lease.DEFAULT, bytes(name), Duration.ofSeconds(20), handler);
  }

  /** Takes up nothing until it is released. */
  private record Waiting(Recorder recorder, CountDownLatch released) implements PeerHandler {
    @Override
    public void joined(Peer peer, byte[] hello) {
      recorder.joined(peer, hello);
    }

    @Override
    public void received(Peer peer, byte[] message) {
      try {
        released.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      recorder.received(peer, message);
    }

    @Override
    public void left(Peer peer) {
      recorder.left(peer);
    }

    @Override
    public void lost(Peer peer, String reason) {
      recorder.lost(peer, reason);
    }
  }
}
