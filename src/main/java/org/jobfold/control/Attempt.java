package org.jobfold.control;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One attempt of a member to join. What does not come about leaves nothing behind. */
final class Attempt {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Secret secret;
  private final Lease lease;
  private final byte[] hello;
  private final PeerHandler handler;
  private final CompletableFuture<Peer> joined = new CompletableFuture<>();
  private final Channel channel;

  Attempt(InetSocketAddress lead, Secret secret, Lease lease, byte[] hello, PeerHandler handler) {
    this.secret = secret;
    this.lease = lease;
    this.hello = hello;
    this.handler = handler;
    ChannelFuture connecting = bootstrap().connect(lead);
    this.channel = connecting.channel();
    connecting.addListener(
        done -> {
          if (!done.isSuccess()) {
            fail(new IOException(done.cause().getMessage(), done.cause()));
          }
        });
    channel.closeFuture().addListener(closed -> fail(new IOException("it broke off")));
  }

  /** The peer, when the lead has answered. */
  Peer await(Duration patience) throws IOException {
    Duration longest = patience.compareTo(LONGEST) < 0 ? patience : LONGEST;
    try {
      return joined.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (joined.cancel(false)) {
        throw new IOException("no answer", e);
      }
      return joined.join();
    } catch (InterruptedException e) {
      joined.cancel(false);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while joining the lead");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } finally {
      if (joined.isCancelled()) {
        var unused = channel.close();
      }
    }
  }

  private Bootstrap bootstrap() {
    return new Bootstrap()
        .group(Threads.loop())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) LONGEST.toMillis())
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_SNDBUF, Threads.KERNEL_BYTES)
        .option(ChannelOption.SO_RCVBUF, Threads.KERNEL_BYTES)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, Threads.WRITE_AHEAD)
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel opened) {
                opened
                    .pipeline()
                    .addLast(
                        new MemberHandshake(
                            secret, hello, Attempt.this::connect, Attempt.this::fail));
              }
            });
  }

  private Connection connect(ChannelHandlerContext context, Keys keys) {
    return Connection.ofMember(context.channel(), keys, lease, handler, joined::complete);
  }

  private void fail(IOException why) {
    joined.completeExceptionally(why);
  }
}
