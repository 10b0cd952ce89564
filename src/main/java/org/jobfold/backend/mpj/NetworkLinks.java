package org.jobfold.backend.mpj;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import mpi.Intracomm;
import mpi.MPI;
import org.jobfold.control.LeadPort;
import org.jobfold.control.Lease;
import org.jobfold.control.MemberPort;
import org.jobfold.control.Peer;
import org.jobfold.control.PeerHandler;
import org.jobfold.control.Secret;
import org.jobfold.thread.Daemons;

/**
 * The ways between ranks that are a JVM each: connections beside those of MPJ Express, which can
 * not notice that a rank has died. Where the lead listens is told through MPI; the secret that lets
 * in is in a file that the user alone can read, in their home, until all have come.
 *
 * <p>A rank that is lost is told of only when its lease is over: by then it has ended itself.
 */
final class NetworkLinks implements RankLinks, PeerHandler {
  private static final Lease LEASE = Lease.DEFAULT;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration MARGIN = Duration.ofSeconds(1);

  /** Within it, a goodbye is out; if it is not, the lease tells of the end, which takes longer. */
  private static final Duration GOODBYE = Duration.ofMillis(100);

  private static final byte[] OVER = {};

  private final int size;
  private final BlockingQueue<byte[]> toOwn = new LinkedBlockingQueue<>();
  private final Map<Integer, Peer> peers = new HashMap<>();
  private final Map<Peer, Integer> ranks = new HashMap<>();
  private final Set<Integer> heard = new HashSet<>();
  private final List<Runnable> early = new ArrayList<>();
  private final ScheduledThreadPoolExecutor leases =
      new ScheduledThreadPoolExecutor(1, Daemons.named("rank-leases"));
  private final SecretFile file;
  private final LeadPort port;
  private Optional<Receiver> receiver = Optional.empty();

  private NetworkLinks(MpjArguments world) throws IOException {
    this.size = world.size();
    Secret secret = Secret.random();
    this.file = SecretFile.write(secret);
    try {
      this.port =
          LeadPort.open(new InetSocketAddress(reachable(world.meeting()), 0), secret, LEASE, this);
    } catch (IOException e) {
      file.remove();
      throw e;
    }
  }

  /** The lead's ends; tells all ranks where to join, and does not wait until they have. */
  static NetworkLinks lead(MpjArguments world) throws IOException {
    NetworkLinks links = new NetworkLinks(world);
    links.invite();
    return links;
  }

  private void invite() throws IOException {
    InetSocketAddress here = port.address();
    String line = here.getAddress().getHostAddress() + "\n" + here.getPort() + "\n" + file.path();
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    tell(new int[] {bytes.length}, bytes);
    if (size == 1) {
      file.remove();
    }
  }

  /** The address at which other ranks reach this host: that by which it reaches their meeting. */
  private static InetAddress reachable(Optional<String> meeting) throws IOException {
    if (meeting.isEmpty()) {
      return InetAddress.getLocalHost();
    }
    try (DatagramSocket socket = new DatagramSocket()) {
      // Nothing is sent: this only asks which way it would go.
      socket.connect(new InetSocketAddress(InetAddress.getByName(meeting.get()), 9));
      return socket.getLocalAddress();
    }
  }

  /** What the lead tells all ranks by MPI. */
  private static byte[] tell(int[] length, byte[] text) {
    Intracomm world = MPI.COMM_WORLD;
    world.Bcast(length, 0, 1, MPI.INT, 0);
    byte[] bytes = text.length == 0 ? new byte[length[0]] : text;
    world.Bcast(bytes, 0, length[0], MPI.BYTE, 0);
    return bytes;
  }

  /** Another rank's end: joins the lead. */
  static RankLink join(MpjArguments world) throws IOException {
    String[] told =
        new String(tell(new int[1], new byte[0]), StandardCharsets.UTF_8).split("\n", 3);
    BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    Peer lead =
        MemberPort.join(
            new InetSocketAddress(InetAddress.getByName(told[0]), Integer.parseInt(told[1])),
            SecretFile.read(told[2]),
            LEASE,
            ByteBuffer.allocate(Integer.BYTES).putInt(world.rank()).array(),
            PATIENCE,
            new Arriving(messages));
    return new QueueLink(messages) {
      @Override
      public void send(Message message) {
        lead.send(MessageCodec.bytes(message));
      }

      @Override
      public void leave() throws InterruptedException {
        lead.close();
        TimeUnit.NANOSECONDS.sleep(GOODBYE.toNanos());
      }
    };
  }

  /** The end of the lead's own rank. */
  RankLink own() {
    return new QueueLink(toOwn) {
      @Override
      public void send(Message message) {
        tell(receiver -> receiver.received(0, message));
      }

      @Override
      public void leave() {}
    };
  }

  @Override
  public synchronized void receive(Receiver other) {
    receiver = Optional.of(other);
    early.forEach(Runnable::run);
    early.clear();
  }

  private synchronized void tell(Consumer<Receiver> what) {
    if (receiver.isPresent()) {
      what.accept(receiver.get());
    } else {
      early.add(() -> what.accept(receiver.orElseThrow()));
    }
  }

  @Override
  public synchronized void send(int rank, Message message) {
    byte[] bytes = MessageCodec.bytes(message);
    if (rank == 0) {
      toOwn.add(bytes);
    } else {
      Optional.ofNullable(peers.get(rank)).ifPresent(peer -> peer.send(bytes));
    }
  }

  @Override
  public List<Integer> expendable() {
    return IntStream.range(1, size).boxed().toList();
  }

  @Override
  public void close() {
    file.remove();
    toOwn.add(OVER);
    port.close();
    leases.shutdownNow();
  }

  @Override
  public synchronized void joined(Peer peer, byte[] hello) {
    int rank = hello.length == Integer.BYTES ? ByteBuffer.wrap(hello).getInt() : -1;
    if (rank < 1 || rank >= size || heard.contains(rank)) {
      peer.close();
      return;
    }
    peers.put(rank, peer);
    ranks.put(peer, rank);
  }

  @Override
  public synchronized void received(Peer peer, byte[] message) {
    Optional<Integer> rank = rank(peer);
    if (rank.isEmpty()) {
      return;
    }
    if (heard.add(rank.get()) && heard.size() == size - 1) {
      file.remove();
    }
    Message said = MessageCodec.message(message);
    tell(receiver -> receiver.received(rank.get(), said));
  }

  @Override
  public void left(Peer peer) {
    // It ends itself when it has said so.
    gone(peer, "it has ended", MARGIN);
  }

  @Override
  public void lost(Peer peer, String reason) {
    gone(peer, reason, LEASE.silence().plus(MARGIN));
  }

  private synchronized void gone(Peer peer, String reason, Duration after) {
    Optional<Integer> rank = rank(peer);
    ranks.remove(peer);
    // One that was never heard of may be joining again.
    if (rank.isPresent() && heard.contains(rank.get()) && !leases.isShutdown()) {
      peers.remove(rank.get());
      tell(receiver -> receiver.failing(rank.get(), reason));
      ScheduledFuture<?> unused =
          leases.schedule(
              () -> tell(receiver -> receiver.lost(rank.get(), reason)),
              after.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  private Optional<Integer> rank(Peer peer) {
    return Optional.ofNullable(ranks.get(peer));
  }

  /** Messages in a queue; an empty one is the last. */
  private abstract static class QueueLink implements RankLink {
    private final BlockingQueue<byte[]> messages;

    QueueLink(BlockingQueue<byte[]> messages) {
      this.messages = messages;
    }

    @Override
    public Optional<Message> take() throws InterruptedException {
      byte[] message = messages.take();
      return message.length == 0 ? Optional.empty() : Optional.of(MessageCodec.message(message));
    }
  }

  /** What a rank hears of the lead. */
  private record Arriving(BlockingQueue<byte[]> messages) implements PeerHandler {
    @Override
    public void joined(Peer peer, byte[] hello) {}

    @Override
    public void received(Peer peer, byte[] message) {
      messages.add(message);
    }

    @Override
    public void left(Peer peer) {
      messages.add(OVER);
    }

    @Override
    public void lost(Peer peer, String reason) {
      messages.add(OVER);
    }
  }
}
