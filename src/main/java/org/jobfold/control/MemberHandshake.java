package org.jobfold.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The member's side of the {@link Handshake}. */
final class MemberHandshake extends ByteToMessageDecoder {
  private final Secret secret;
  private final byte[] nonce = Handshake.nonce();
  private final BiFunction<ChannelHandlerContext, Keys, Connection> connecting;
  private final byte[] hello;
  private final Consumer<IOException> failed;
  private boolean versionIsRead;

  /**
   * A handshake.
   *
   * @param failed told why there is no connection: {@link RefusedException} if there will never be
   */
  MemberHandshake(
      Secret secret,
      byte[] hello,
      BiFunction<ChannelHandlerContext, Keys, Connection> connecting,
      Consumer<IOException> failed) {
    this.secret = secret;
    this.hello = hello;
    this.connecting = connecting;
    this.failed = failed;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    ByteBuf begin = context.alloc().buffer();
    Handshake.writePrefix(begin);
    var unused = context.writeAndFlush(begin.writeBytes(nonce));
    context.fireChannelActive();
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (!context.channel().isActive()) {
      in.skipBytes(in.readableBytes());
    } else if (!versionIsRead) {
      version(context, in);
    } else {
      proof(context, in);
    }
  }

  private void version(ChannelHandlerContext context, ByteBuf in) {
    if (!Handshake.mayBegin(in)) {
      fail(context, new RefusedException("who answers there is no jobfold"));
    } else if (in.readableBytes() >= Handshake.PREFIX_BYTES) {
      byte version = Handshake.readVersion(in);
      versionIsRead = true;
      if (version != Handshake.VERSION) {
        fail(
            context,
            new RefusedException(
                "the lead speaks version "
                    + version
                    + " of the language between hosts, this jobfold version "
                    + Handshake.VERSION
                    + ": use the same jobfold on all hosts"));
      }
    }
  }

  private void proof(ChannelHandlerContext context, ByteBuf in) {
    if (in.readableBytes() < 2 * Handshake.NONCE_BYTES) {
      return;
    }
    Keys keys = new Keys(secret, nonce, Handshake.read(in, Handshake.NONCE_BYTES));
    if (!Keys.isProof(keys.leadProof(), Handshake.read(in, Handshake.NONCE_BYTES))) {
      fail(context, new RefusedException("the lead there does not know the secret of this run"));
      return;
    }
    var unused = context.writeAndFlush(context.alloc().buffer().writeBytes(keys.memberProof()));
    Connection connection = connecting.apply(context, keys);
    ChannelPipeline pipeline = context.pipeline();
    pipeline.addLast(new FrameDecoder(keys.openAtMember()), connection);
    connection.begin(hello);
    pipeline.remove(this);
  }

  private void fail(ChannelHandlerContext context, IOException why) {
    failed.accept(why);
    var unused = context.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(context, new IOException("the connection broke: " + cause.getMessage(), cause));
  }
}
