package org.jobfold.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.control.Recorder.bytes;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What attackers, strangers and broken networks can do: end a connection, and no more. */
@Timeout(120)
class HostileTest {
  private static final String CHANGED = "lost: what arrived is not what was sent";
  private static final Lease SHORT = new Lease(Duration.ofMillis(200), Duration.ofMillis(1500));

  /** The length of a frame that is a beat. */
  private static final int BEAT = Integer.BYTES + 1 + Long.BYTES + Seal.TAG_BYTES;

  private final Secret secret = Secret.random();
  private final Recorder lead = new Recorder();
  private final Recorder member = new Recorder();
  private LeadPort port;

  @BeforeEach
  void open() throws IOException {
    port = LeadPort.open(StarTest.loopback(0), secret, Lease.DEFAULT, lead);
  }

  @AfterEach
  void close() {
    port.close();
  }

  @Test
  void aFlippedBitIsNoticedAndTheConnectionLost() throws Exception {
    try (Wire wire = new Wire(port.address())) {
      byte[] frame = caught(wire, "pay 1");
      frame[frame.length / 2] ^= 4;
      wire.say(frame);
      assertThat(lead.awaitEnd()).containsExactly("joined hello", CHANGED);
      assertThat(member.awaitEnd())
          .hasSize(1)
          .first()
          .asString()
          .startsWith("lost: the connection");
    }
  }

  @Test
  void aRepeatedFrameIsTakenOnce() throws Exception {
    try (Wire wire = new Wire(port.address())) {
      byte[] frame = caught(wire, "pay 1");
      wire.say(joined(frame, frame));
      assertThat(lead.awaitEnd()).containsExactly("joined hello", "received pay 1", CHANGED);
    }
  }

  @Test
  void framesInAnotherOrderAreRefused() throws Exception {
    try (Wire wire = new Wire(port.address())) {
      Peer up = join(wire, Lease.DEFAULT);
      wire.hold();
      up.send(bytes("a first message that is longer than a beat"));
      byte[] first = wire.frame(50);
      up.send(bytes("a second message that is longer than a beat"));
      wire.say(joined(wire.frame(50), first));
      assertThat(lead.awaitEnd()).containsExactly("joined hello", CHANGED);
    }
  }

  @Test
  void aFrameThatIsCutOffIsNotTaken() throws Exception {
    try (Wire wire = new Wire(port.address())) {
      byte[] frame = caught(wire, "pay 1");
      wire.say(Arrays.copyOf(frame, frame.length - 1));
      wire.end();
      assertThat(lead.awaitEnd())
          .containsExactly("joined hello", "lost: the connection broke without a goodbye");
    }
  }

  @Test
  void aWholeConnectionThatIsRepeatedByAStrangerJoinsNobody() throws Exception {
    byte[] all;
    try (Wire wire = new Wire(port.address())) {
      join(wire, Lease.DEFAULT).close();
      member.awaitEnd();
      lead.awaitEnd();
      all = wire.seen();
    }
    assertCutOff(all);
    assertThat(lead.words()).containsExactly("joined hello", "left");
  }

  @Test
  void nothingOfTheMessagesIsReadableOnTheWire() throws Exception {
    try (Wire wire = new Wire(port.address())) {
      join(wire, Lease.DEFAULT).send(bytes("the password is swordfish"));
      lead.await("it came", all -> all.size() == 2);
      assertThat(new String(wire.seen(), java.nio.charset.StandardCharsets.ISO_8859_1))
          .doesNotContain("hello", "swordfish", secret.hex());
    }
  }

  @Test
  void aWireThatFallsSilentIsNoticedAtBothEnds() throws Exception {
    LeadPort quick = LeadPort.open(StarTest.loopback(0), secret, SHORT, lead);
    try (Wire wire = new Wire(quick.address())) {
      Peer up = join(wire, SHORT);
      wire.fallSilent();
      up.send(bytes("into the void"));
      long begin = System.nanoTime();
      String silence = "lost: nothing was heard of it for 1.5 s";
      assertThat(member.awaitEnd()).containsExactly(silence);
      assertThat(lead.awaitEnd()).containsExactly("joined hello", silence);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    } finally {
      quick.close();
    }
  }

  @Test
  void aConnectionThatIsIdleStays() throws Exception {
    LeadPort quick = LeadPort.open(StarTest.loopback(0), secret, SHORT, lead);
    try (Wire wire = new Wire(quick.address())) {
      Peer up = join(wire, SHORT);
      wire.awaitMore(10 * BEAT);
      up.close();
      assertThat(member.awaitEnd()).containsExactly("left");
    } finally {
      quick.close();
    }
  }

  @Test
  void whoSpeaksSomethingElseIsCutOff() throws IOException {
    assertThat(assertCutOff(bytes("GET / HTTP/1.1\r\n\r\n"))).isEmpty();
    assertThat(assertCutOff(bytes("JFLX"))).isEmpty();
    assertThat(lead.words()).isEmpty();
  }

  @Test
  void whoSpeaksAnotherVersionIsToldThisOne() throws IOException {
    byte[] other = {'J', 'F', 'L', 'D', 9};
    assertThat(assertCutOff(other)).containsExactly('J', 'F', 'L', 'D', Handshake.VERSION);
  }

  @Test
  void whoGuessesTheProofIsCutOff() throws IOException {
    byte[] guess = new byte[Handshake.PREFIX_BYTES + 2 * Handshake.NONCE_BYTES];
    System.arraycopy(new byte[] {'J', 'F', 'L', 'D', Handshake.VERSION}, 0, guess, 0, 5);
    assertCutOff(guess);
    assertThat(lead.words()).isEmpty();
  }

  @Test
  void whoSaysNothingIsCutOffInTime() throws IOException {
    long begin = System.nanoTime();
    assertCutOff(new byte[0]);
    assertCutOff(bytes("JF"));
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
  }

  @Test
  void aCrowdOfSilentStrangersDoesNotKeepAMemberOut() throws IOException {
    List<Socket> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < 5 * Doorkeeper.ROOM; i++) {
        crowd.add(new Socket(port.address().getAddress(), port.address().getPort()));
      }
      long begin = System.nanoTime();
      join(Duration.ofSeconds(20));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
      lead.peer(0).send(bytes("welcome"));
      assertThat(member.await("it comes", all -> !all.isEmpty()))
          .containsExactly("received welcome");
    } finally {
      for (Socket stranger : crowd) {
        stranger.close();
      }
    }
  }

  @Test
  void aLeadThatIsNotThereYetIsWaitedFor() throws Exception {
    var address = port.address();
    port.close();
    Thread opening =
        new Thread(
            () -> {
              try {
                port = LeadPort.open(address, secret, Lease.DEFAULT, lead);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    opening.start();
    MemberPort.join(address, secret, Lease.DEFAULT, bytes("hello"), Duration.ofSeconds(20), member);
    opening.join();
    assertThat(lead.await("the member has joined", all -> !all.isEmpty()))
        .containsExactly("joined hello");
  }

  private byte[] caught(Wire wire, String message) throws Exception {
    Peer up = join(wire, Lease.DEFAULT);
    wire.hold();
    up.send(bytes(message));
    int length = Integer.BYTES + 1 + message.length() + Seal.TAG_BYTES;
    byte[] frame = wire.frame(0);
    while (frame.length != length) {
      wire.say(frame);
      frame = wire.frame(0);
    }
    return frame;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private Peer join(Wire wire, Lease lease) throws IOException {
    Peer up =
        MemberPort.join(
            wire.address(), secret, lease, bytes("hello"), Duration.ofSeconds(20), member);
    lead.peer(0);
    return up;
  }

  private void join(Duration patience) throws IOException {
    MemberPort.join(port.address(), secret, Lease.DEFAULT, bytes("hello"), patience, member);
  }

  /** Says something to the lead and returns what it answers until it ends the connection. */
  private byte[] assertCutOff(byte[] said) throws IOException {
    try (Socket socket = new Socket(port.address().getAddress(), port.address().getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(said);
      try {
        return socket.getInputStream().readAllBytes();
      } catch (SocketException e) {
        assertThat(e).hasMessageContaining("reset");
        return new byte[0];
      }
    }
  }
}
