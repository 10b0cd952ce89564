package org.jobfold.control;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The lead's side of the star: where members join. It lets nobody in who does not know the secret,
 * and strangers can neither fill it nor hold up members for long.
 */
public final class LeadPort implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final Secret secret;
  private final Lease lease;
  private final PeerHandler handler;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Channel door;
  private final Doorkeeper doorkeeper;
  private volatile boolean closing;

  private LeadPort(InetSocketAddress bind, Secret secret, Lease lease, PeerHandler handler)
      throws IOException {
    this.secret = secret;
    this.lease = lease;
    this.handler = handler;
    ChannelFuture bound = bootstrap().register();
    this.door = bound.channel();
    this.doorkeeper = new Doorkeeper(door);
    ChannelFuture listening = door.bind(bind).awaitUninterruptibly();
    Throwable cause = listening.cause();
    if (cause != null) {
      throw new IOException(
          "can not listen at '" + Connection.text(bind) + "': " + cause.getMessage(), cause);
    }
  }

  /**
   * Listens at an address; port 0 is any that is free. The lease must be that of the members.
   *
   * @throws IOException if it can not listen there
   */
  public static LeadPort open(
      InetSocketAddress bind, Secret secret, Lease lease, PeerHandler handler) throws IOException {
    return new LeadPort(bind, secret, lease, handler);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) door.localAddress();
  }

  /**
   * Lets nobody in any more, and ends all connections in order: returns when every member has taken
   * up what was sent to it, or after the silence of the lease. The handler may be told of that
   * still afterwards.
   */
  @Override
  public void close() {
    closing = true;
    long deadline = System.nanoTime() + lease.silence().toNanos();
    door.close().awaitUninterruptibly();
    door.eventLoop().submit(doorkeeper::close).awaitUninterruptibly();
    connections.forEach(Connection::close);
    for (Connection connection : connections) {
      long left = Math.max(0, deadline - System.nanoTime());
      if (!connection.closed().awaitUninterruptibly(left, TimeUnit.NANOSECONDS)) {
        connection.fail("it did not answer a goodbye");
      }
    }
  }

  private ServerBootstrap bootstrap() {
    return new ServerBootstrap()
        .group(Threads.loop())
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.SO_RCVBUF, Threads.KERNEL_BYTES)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_SNDBUF, Threads.KERNEL_BYTES)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, Threads.WRITE_AHEAD)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel
                    .pipeline()
                    .addLast(new LeadHandshake(secret, doorkeeper, LeadPort.this::connect));
              }
            });
  }

  private Connection connect(ChannelHandlerContext context, Keys keys) {
    Channel channel = context.channel();
    return Connection.ofLead(channel, keys, lease, handler, this::admit);
  }

  private boolean admit(Connection connection) {
    doorkeeper.leave(connection.channel());
    connections.add(connection);
    connection.closed().addListener(closed -> connections.remove(connection));
    if (closing) {
      connection.close();
    }
    return true;
  }
}
