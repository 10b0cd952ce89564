package org.jobfold.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lead's side of the {@link Handshake}: whoever does not follow it, or does not know the
 * secret, is cut off without a word.
 */
final class LeadHandshake extends ByteToMessageDecoder {
  private static final Logger LOG = LoggerFactory.getLogger(LeadHandshake.class);

  private final Secret secret;
  private final Doorkeeper doorkeeper;
  private final BiFunction<ChannelHandlerContext, Keys, Connection> connecting;
  private boolean versionIsRead;
  private @Nullable Keys keys;

  LeadHandshake(
      Secret secret,
      Doorkeeper doorkeeper,
      BiFunction<ChannelHandlerContext, Keys, Connection> connecting) {
    this.secret = secret;
    this.doorkeeper = doorkeeper;
    this.connecting = connecting;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    doorkeeper.enter(context.channel());
    context.fireChannelActive();
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (!context.channel().isActive()) {
      in.skipBytes(in.readableBytes());
    } else if (!versionIsRead) {
      version(context, in);
    } else if (keys == null) {
      nonce(context, in);
    } else {
      proof(context, in, keys);
    }
  }

  private void version(ChannelHandlerContext context, ByteBuf in) {
    if (!Handshake.mayBegin(in)) {
      refuse(context, "does not speak to a jobfold");
    } else if (in.readableBytes() >= Handshake.PREFIX_BYTES) {
      byte version = Handshake.readVersion(in);
      versionIsRead = true;
      if (version != Handshake.VERSION) {
        ByteBuf answer = context.alloc().buffer(Handshake.PREFIX_BYTES);
        Handshake.writePrefix(answer);
        var unused = context.writeAndFlush(answer);
        refuse(context, "speaks version " + version + ", this is " + Handshake.VERSION);
      }
    }
  }

  private void nonce(ChannelHandlerContext context, ByteBuf in) {
    if (in.readableBytes() >= Handshake.NONCE_BYTES) {
      byte[] own = Handshake.nonce();
      Keys derived = new Keys(secret, Handshake.read(in, Handshake.NONCE_BYTES), own);
      keys = derived;
      ByteBuf answer = context.alloc().buffer();
      Handshake.writePrefix(answer);
      var unused = context.writeAndFlush(answer.writeBytes(own).writeBytes(derived.leadProof()));
    }
  }

  private void proof(ChannelHandlerContext context, ByteBuf in, Keys derived) {
    byte[] expected = derived.memberProof();
    if (in.readableBytes() < expected.length) {
      return;
    }
    if (Keys.isProof(expected, Handshake.read(in, expected.length))) {
      ChannelPipeline pipeline = context.pipeline();
      pipeline.addLast(new FrameDecoder(derived.openAtLead()), connecting.apply(context, derived));
      pipeline.remove(this);
    } else {
      refuse(context, "does not know the secret");
    }
  }

  private void refuse(ChannelHandlerContext context, String why) {
    LOG.debug("who connects from '{}' {}", context.channel().remoteAddress(), why);
    var unused = context.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    refuse(context, "broke off: " + cause.getMessage());
  }
}
