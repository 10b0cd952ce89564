package org.jobfold.backend.mpj.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RendezvousTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private final CompletableFuture<Optional<String>> end = new CompletableFuture<>();
  private final List<Socket> sockets = new ArrayList<>();
  private Rendezvous rendezvous;

  @BeforeEach
  void open() throws IOException {
    rendezvous = open(3, PATIENCE);
  }

  @AfterEach
  void close() throws IOException {
    rendezvous.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void eachRankGetsTheListOfAllInTheirOrder() throws Exception {
    Socket two = rank(2);
    Socket zero = rank(0);
    Socket one = rank(1);

    assertThat(end.get()).isEmpty();
    String list =
        "#Peer Information;127.0.0.1@2000@1000@0@24500"
            + ";127.0.0.1@2001@1001@1@24500;127.0.0.1@2002@1002@2@24500";
    for (Socket rank : List.of(zero, one, two)) {
      assertThat(new DataInputStream(rank.getInputStream()).readUTF()).isEqualTo(list);
    }
  }

  @Test
  void itIsGoneWhenTheWorldStands() throws Exception {
    rank(0);
    rank(1);
    rank(2);
    end.get();

    assertThat(isRefusedSoon()).isTrue();
  }

  /** The system lets go of a port when the thread that was waiting there has noticed. */
  private boolean isRefusedSoon() throws IOException {
    for (int attempt = 0; attempt < 1000; attempt++) {
      try {
        connect();
      } catch (ConnectException refused) {
        return true;
      }
    }
    return false;
  }

  @Test
  void garbageIsShutOutAndHarmsNothing() throws Exception {
    List<byte[]> garbage =
        List.of(
            "GET / HTTP/1.1\r\n\r\n and more than a rank says".getBytes(StandardCharsets.US_ASCII),
            report("Sending Lies", 1, 2, 0),
            report("Sending Info", 0, 2, 0),
            report("Sending Info", 1, 65_536, 0),
            report("Sending Info", 1, 2, 3),
            report("Sending Info", 1, 2, -1));

    for (byte[] bytes : garbage) {
      Socket stranger = connect();
      stranger.getOutputStream().write(bytes);
      assertThat(ends(stranger)).isTrue();
    }

    assertThat(rendezvous.missing()).containsExactly(0, 1, 2);
    rank(0);
    rank(1);
    rank(2);
    assertThat(end.get()).isEmpty();
  }

  @Test
  void strangersWhoSayNothingMakeRoomForRanks() throws Exception {
    for (int i = 0; i < 200; i++) {
      connect();
    }
    rank(0);
    rank(1);
    rank(2);

    assertThat(end.get()).isEmpty();
    assertThat(ends(sockets.get(0))).isTrue();
  }

  @Test
  void whoIsSilentForTooLongIsShutOut() throws Exception {
    rendezvous.close();
    rendezvous = open(3, Duration.ofMillis(50));

    assertThat(ends(connect())).isTrue();
  }

  @Test
  void aRankThatReportsTwiceIsNoWorld() throws Exception {
    Socket first = rank(1);
    rank(1);

    assertThat(end.get().orElseThrow())
        .isEqualTo(
            "rank 1 has reported twice, from 127.0.0.1 and from 127.0.0.1:"
                + " one of them is not of this world");
    assertThat(ends(first)).isTrue();
  }

  @Test
  void whoIsMissingIsTold() throws Exception {
    rank(2);
    rank(0);

    while (rendezvous.missing().size() > 1) {
      Thread.onSpinWait();
    }
    assertThat(rendezvous.missing()).containsExactly(1);
    assertThat(end).isNotDone();
  }

  @Test
  void aRankThatHasGoneBeforeTheWorldStandsDoesNotHoldItUp() throws Exception {
    Socket one = rank(1);
    one.setSoLinger(true, 0);
    one.close();
    rank(0);
    rank(2);

    // Whether the list could still be sent is the system's to say; that it ends is ours.
    assertThat(end.get(10, TimeUnit.SECONDS).orElse("rank 1 has gone before the world stood"))
        .isEqualTo("rank 1 has gone before the world stood");
  }

  @Test
  void aWorldThatTheProtocolCanNotDescribeIsRefused() {
    assertThatThrownBy(() -> open(Rendezvous.MOST_RANKS + 1, PATIENCE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLongestListFitsIntoOneString() {
    int peer = "255.255.255.255@65535@65535@1599@24500;".length();

    assertThat("#Peer Information;".length() + Rendezvous.MOST_RANKS * peer).isLessThan(65_536);
  }

  private Rendezvous open(int size, Duration patience) throws IOException {
    return Rendezvous.open(InetAddress.getLoopbackAddress(), size, patience, end::complete);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(rendezvous.address().getAddress(), rendezvous.address().getPort());
    sockets.add(socket);
    return socket;
  }

  private Socket rank(int rank) throws IOException {
    Socket socket = connect();
    socket.getOutputStream().write(report("Sending Info", 1000 + rank, 2000 + rank, rank));
    return socket;
  }

  private static byte[] report(String greeting, int writePort, int readPort, int rank)
      throws IOException {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(greeting);
    out.writeInt(writePort);
    out.writeInt(readPort);
    out.writeInt(rank);
    return bytes.toByteArray();
  }

  /** Whether the other side has shut a connection. */
  private static boolean ends(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }
}
