package org.jobfold.control;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jobfold.control.Recorder.bytes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What lead and members tell each other, over real connections. */
class StarTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Secret secret = Secret.random();
  private final Recorder lead = new Recorder();
  private final Recorder member = new Recorder();
  private LeadPort port;

  @BeforeEach
  void open() throws IOException {
    port = LeadPort.open(loopback(0), secret, Lease.DEFAULT, lead);
  }

  @AfterEach
  void close() {
    port.close();
  }

  @Test
  void aMemberJoinsWithItsFirstMessage() throws IOException {
    Peer up = join("node7", member);
    assertThat(up.address()).isEqualTo("127.0.0.1:" + port.address().getPort());
    assertThat(lead.peer(0).address()).startsWith("127.0.0.1:");
    assertThat(lead.words()).containsExactly("joined node7");
    assertThat(member.words()).isEmpty();
  }

  @Test
  void messagesArriveInOrderBothWays() throws IOException {
    Peer up = join("hello", member);
    Peer down = lead.peer(0);
    List<String> sent = IntStream.range(0, 5000).mapToObj(i -> "received " + i).collect(toList());
    for (int i = 0; i < sent.size(); i++) {
      up.send(bytes("" + i));
      down.send(bytes("" + i));
    }
    assertThat(lead.await("all came", all -> all.size() > sent.size()))
        .containsExactlyElementsOf(
            Stream.concat(Stream.of("joined hello"), sent.stream()).collect(toList()));
    assertThat(member.await("all came", all -> all.size() == sent.size()))
        .containsExactlyElementsOf(sent);
  }

  @Test
  void anEmptyAndTheLongestMessageArriveAndALongerOneIsRefused() throws IOException {
    Peer up = join("", member);
    up.send(new byte[0]);
    up.send(new byte[Peer.LONGEST_MESSAGE]);
    assertThatThrownBy(() -> up.send(new byte[Peer.LONGEST_MESSAGE + 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a message of 16777217 bytes is too long: 16777216 at most, send it in parts");
    assertThat(lead.await("they came", all -> all.size() == 3))
        .containsExactly("joined ", "received ", "received 16777216 bytes");
  }

  @Test
  void whoClosesDeliversWhatItHasSentAndBothHaveLeft() throws IOException {
    Peer up = join("hello", member);
    Peer down = lead.peer(0);
    down.send(bytes("from the lead"));
    up.send(new byte[8 << 20]);
    up.send(bytes("last"));
    up.close();
    up.send(bytes("too late"));
    assertThat(lead.awaitEnd())
        .containsExactly("joined hello", "received 8388608 bytes", "received last", "left");
    assertThat(member.awaitEnd()).containsExactly("received from the lead", "left");
  }

  @Test
  void theLeadThatClosesReturnsWhenMembersHaveTakenUpAll() throws IOException {
    join("hello", member);
    lead.peer(0).send(bytes("last"));
    port.close();
    assertThat(member.words()).startsWith("received last");
    assertThat(member.awaitEnd()).containsExactly("received last", "left");
    assertThat(lead.awaitEnd()).containsExactly("joined hello", "left");
    assertThatThrownBy(() -> join("again", Duration.ofMillis(100), secret, new Recorder()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "could not join the lead at '127.0.0.1:" + port.address().getPort() + "' within 0.1 s");
  }

  @Test
  void bothMayCloseAtOnce() throws IOException {
    Peer up = join("hello", member);
    Peer down = lead.peer(0);
    up.send(bytes("up"));
    down.send(bytes("down"));
    up.close();
    down.close();
    assertThat(lead.awaitEnd()).containsExactly("joined hello", "received up", "left");
    assertThat(member.awaitEnd()).containsExactly("received down", "left");
  }

  @Test
  void aMemberMayAnswerWhatItIsToldBeforeItLeaves() throws IOException {
    join("hello", new Answering(member));
    Peer down = lead.peer(0);
    down.send(bytes("question"));
    down.close();
    assertThat(member.awaitEnd()).containsExactly("received question", "left");
    assertThat(lead.awaitEnd())
        .containsExactly("joined hello", "received answer to question", "left");
  }

  /** Answers each message. */
  private record Answering(Recorder recorder) implements PeerHandler {
    @Override
    public void joined(Peer peer, byte[] hello) {
      recorder.joined(peer, hello);
    }

    @Override
    public void received(Peer peer, byte[] message) {
      recorder.received(peer, message);
      peer.send(bytes("answer to " + Recorder.text(message)));
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

  @Test
  void aWrongSecretIsToldAndNobodyJoins() {
    assertThatThrownBy(() -> join("hello", PATIENCE, Secret.random(), member))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "can not join the lead at '127.0.0.1:"
                + port.address().getPort()
                + "': the lead there does not know the secret of this run");
    assertThat(lead.words()).isEmpty();
    assertThat(member.words()).isEmpty();
  }

  @Test
  void aHandlerThatThrowsLosesThatPeerAlone() throws IOException {
    Recorder other = new Recorder();
    Peer up =
        join(
            "one",
            new PeerHandler() {
              @Override
              public void joined(Peer peer, byte[] hello) {}

              @Override
              public void received(Peer peer, byte[] message) {
                throw new IllegalStateException("broken");
              }

              @Override
              public void left(Peer peer) {
                member.left(peer);
              }

              @Override
              public void lost(Peer peer, String reason) {
                member.lost(peer, reason);
              }
            });
    lead.peer(0).send(bytes("x"));
    assertThat(member.awaitEnd())
        .containsExactly(
            "lost: what it has sent could not be taken up: java.lang.IllegalStateException: broken");
    up.send(bytes("nothing"));
    join("two", other);
    assertThat(lead.await("it is lost", all -> all.size() == 3))
        .contains("joined one", "joined two");
    lead.peer(1).send(bytes("y"));
    assertThat(other.await("it comes", all -> !all.isEmpty())).containsExactly("received y");
  }

  @Test
  void anAddressThatIsTakenIsToldOf() {
    assertThatThrownBy(() -> LeadPort.open(port.address(), secret, Lease.DEFAULT, lead))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("can not listen at '127.0.0.1:" + port.address().getPort() + "': ");
  }

  @Test
  void aThousandMembersJoinWithFewThreads() throws IOException {
    int threads = jobfoldThreads();
    List<Peer> peers = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < 1000; i++) {
      peers.add(join("m" + i, member));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    assertThat(lead.await("all joined", all -> all.size() == 1000)).doesNotHaveDuplicates();
    assertThat(jobfoldThreads() - threads).isLessThanOrEqualTo(5);
    peers.forEach(peer -> peer.send(bytes("x")));
    lead.await("all spoke", all -> all.size() == 2000);
    port.close();
    assertThat(member.await("all left", all -> all.size() == 1000)).containsOnly("left");
  }

  private static int jobfoldThreads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("jobfold-control"))
            .peek(thread -> assertThat(thread.isDaemon()).isTrue())
            .count();
  }

  private Peer join(String hello, PeerHandler handler) throws IOException {
    return join(hello, PATIENCE, secret, handler);
  }

  private Peer join(String hello, Duration patience, Secret with, PeerHandler handler)
      throws IOException {
    return MemberPort.join(port.address(), with, Lease.DEFAULT, bytes(hello), patience, handler);
  }

  static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
