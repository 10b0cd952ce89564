package org.jobfold.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection after the handshake. Its state belongs to the loop; only what says so is
 * for other threads.
 *
 * <p>An end that closes says goodbye behind its last message, and sends nothing more. The other one
 * answers with its own goodbye when its handler has taken up everything, and what it had to send is
 * out; so who gets the answer knows that all has arrived.
 *
 * <p>It always reads: what keeps messages from piling up at the other end is the window of {@link
 * Outbox}, not a stream that stands still, in which beats would be stuck too.
 */
final class Connection extends SimpleChannelInboundHandler<Frame> implements Peer {
  /** How much may wait to be sent. */
  static final int LIMIT = 64 << 20;

  private enum Side {
    LEAD,
    MEMBER
  }

  private static final byte[] NOTHING = {};

  private final Side side;
  private final Channel channel;
  private final Sealer sealer;
  private final Lease lease;
  private final Vigil vigil;
  private final Delivery delivery;
  private final Outbox outbox = new Outbox(LIMIT);
  private final Inbox inbox = new Inbox();
  private final String address;
  private final AtomicBoolean pumping = new AtomicBoolean();
  private volatile boolean refusing;
  private final Predicate<Connection> admission;
  private boolean admitted;
  private boolean closing;
  private boolean answering;
  private @Nullable ChannelFuture goodbye;
  private boolean ended;
  private @Nullable ScheduledFuture<?> watch;
  private @Nullable ScheduledFuture<?> beats;

  private Connection(
      Side side,
      Channel channel,
      Sealer sealer,
      Lease lease,
      Vigil vigil,
      PeerHandler handler,
      Predicate<Connection> admission) {
    this.side = side;
    this.channel = channel;
    this.sealer = sealer;
    this.lease = lease;
    this.vigil = vigil;
    this.delivery = new Delivery(this, handler, vigil, lease);
    this.address = text((InetSocketAddress) channel.remoteAddress());
    this.admission = admission;
  }

  /** The lead's end. It is admitted when the first message has come. */
  static Connection ofLead(
      Channel channel,
      Keys keys,
      Lease lease,
      PeerHandler handler,
      Predicate<Connection> admission) {
    Vigil vigil = new LeadVigil(lease, System.nanoTime());
    return new Connection(
        Side.LEAD, channel, keys.sealToMember(), lease, vigil, handler, admission);
  }

  /** The member's end. It is admitted when the lead has sent anything. */
  static Connection ofMember(
      Channel channel,
      Keys keys,
      Lease lease,
      PeerHandler handler,
      Predicate<Connection> admission) {
    Vigil vigil = new MemberVigil(lease, System.nanoTime());
    return new Connection(
        Side.MEMBER, channel, keys.sealToLead(), lease, vigil, handler, admission);
  }

  /** Says the first message and begins to beat: the member's end. */
  void begin(byte[] hello) {
    outbox.add(hello);
    pump();
    beat();
    Duration beat = lease.beat();
    beats =
        channel
            .eventLoop()
            .scheduleWithFixedDelay(
                this::beat, beat.toNanos(), beat.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    watch();
  }

  @Override
  public void send(byte[] message) {
    if (message.length > LONGEST_MESSAGE) {
      throw new IllegalArgumentException(
          "a message of "
              + message.length
              + " bytes is too long: "
              + LONGEST_MESSAGE
              + " at most, send it in parts");
    }
    if (refusing) {
      return;
    }
    if (outbox.add(message)) {
      requestPump();
    } else {
      fail("it does not read: " + (LIMIT >> 20) + " MiB wait to be sent to it");
    }
  }

  @Override
  public void close() {
    refusing = true;
    channel.eventLoop().execute(this::sayGoodbye);
  }

  @Override
  public String address() {
    return address;
  }

  /** Loses the connection. Any thread. */
  void fail(String reason) {
    refusing = true;
    channel.eventLoop().execute(() -> lose(reason));
  }

  /** Lets the other end send so much more. Any thread. */
  void grant(long size) {
    channel
        .eventLoop()
        .execute(
            () -> {
              if (!ended && channel.isActive()) {
                byte[] payload = ByteBuffer.allocate(Long.BYTES).putLong(size).array();
                var unused =
                    channel.writeAndFlush(
                        sealer.seal(Frame.Kind.CREDIT, payload, 0, payload.length));
              }
            });
  }

  Channel channel() {
    return channel;
  }

  /** Done when the connection is no more. */
  Future<?> closed() {
    return channel.closeFuture();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Frame frame) {
    if (ended) {
      return;
    }
    if (answering) {
      if (frame.kind() == Frame.Kind.CREDIT) {
        sendOn(frame.payload());
      }
      return;
    }
    long now = System.nanoTime();
    if (!vigil.mayDeliver(now)) {
      lose(vigil.reason(lease.silence()));
      return;
    }
    vigil.heard(now);
    if (side == Side.MEMBER && !admit()) {
      return;
    }
    switch (frame.kind()) {
      case PART, MESSAGE -> inbox.add(frame).ifPresent(this::take);
      case BEAT -> vigil.beat(frame.payload()).ifPresent(this::answer);
      case GOODBYE -> hearGoodbye();
      case CREDIT -> sendOn(frame.payload());
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (channel.isWritable()) {
      requestPump();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof DecoderException) {
      lose(String.valueOf(cause.getMessage()));
    } else {
      breakOff("the connection broke: " + cause.getMessage());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    breakOff("the connection broke without a goodbye");
    cancel(watch);
    cancel(beats);
  }

  @Override
  public String toString() {
    return "peer " + address;
  }

  private void take(byte[] message) {
    if (admitted) {
      delivery.received(message);
    } else if (admit()) {
      delivery.joined(message);
    }
  }

  /** Whether the handler may be told of this connection. */
  private boolean admit() {
    if (!admitted) {
      admitted = admission.test(this);
      if (!admitted) {
        ended = true;
        abort();
      }
    }
    return admitted;
  }

  private void sendOn(byte[] payload) {
    if (payload.length != Long.BYTES) {
      throw new CorruptedFrameException("a credit of " + payload.length + " bytes arrived");
    }
    outbox.takenUp(ByteBuffer.wrap(payload).getLong());
    requestPump();
  }

  private void requestPump() {
    if (pumping.compareAndSet(false, true)) {
      channel.eventLoop().execute(this::pump);
    }
  }

  private void pump() {
    pumping.set(false);
    if (goodbye != null || !channel.isActive()) {
      return;
    }
    while (channel.isWritable()) {
      ByteBuf frame = outbox.next(sealer).orElse(null);
      if (frame == null) {
        break;
      }
      var unused = channel.write(frame);
    }
    if (closing && outbox.isEmpty()) {
      goodbye = channel.write(sealer.seal(Frame.Kind.GOODBYE, NOTHING, 0, 0));
      goodbye.addListener(written -> haveSaidGoodbye());
    }
    channel.flush();
  }

  private void sayGoodbye() {
    closing = true;
    pump();
  }

  private void hearGoodbye() {
    if (!admitted) {
      abort();
    } else if (goodbye != null) {
      end(delivery::left);
      goodbye.addListener(ChannelFutureListener.CLOSE);
    } else {
      answering = true;
      delivery.takenUp(this::close);
    }
  }

  /** Who answers waits until the other end has read that: to close now could destroy it. */
  private void haveSaidGoodbye() {
    if (answering) {
      end(delivery::left);
      if (channel instanceof DuplexChannel duplex) {
        var unused = duplex.shutdownOutput();
      }
    }
  }

  private void answer(byte[] payload) {
    if (goodbye == null) {
      var unused = channel.writeAndFlush(sealer.seal(Frame.Kind.BEAT, payload, 0, payload.length));
    }
  }

  private void beat() {
    vigil.ownBeat(System.nanoTime()).ifPresent(this::answer);
  }

  private void watch() {
    long now = System.nanoTime();
    if (vigil.isOver(now)) {
      breakOff(vigil.reason(lease.silence()));
    } else {
      watch = channel.eventLoop().schedule(this::watch, vigil.end() - now, TimeUnit.NANOSECONDS);
    }
  }

  /** It is no more; who has heard a goodbye has left all the same. */
  private void breakOff(String reason) {
    if (answering) {
      end(delivery::left);
      abort();
    } else {
      lose(reason);
    }
  }

  private void lose(String reason) {
    end(() -> delivery.lost(reason));
    abort();
  }

  private void end(Runnable tell) {
    refusing = true;
    outbox.clear();
    if (!ended) {
      ended = true;
      if (admitted) {
        tell.run();
      }
    }
  }

  /** Ends it at once: what waits to be sent is not, and the other end is told. */
  private void abort() {
    if (channel.isActive()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    var unused = channel.close();
  }

  private static void cancel(@Nullable ScheduledFuture<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  static String text(InetSocketAddress address) {
    String host =
        address.getAddress() == null
            ? address.getHostString()
            : address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
