package org.jobfold.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.util.List;

/**
 * Makes frames of a stream of bytes, wherever it is cut. After the first damage it reads nothing
 * more.
 */
final class FrameDecoder extends ByteToMessageDecoder {
  private final Opener opener;
  private boolean damaged;

  FrameDecoder(Opener opener) {
    this.opener = opener;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (damaged) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (in.readableBytes() < Integer.BYTES) {
      return;
    }
    int length = in.getInt(in.readerIndex());
    if (length < Opener.SHORTEST || length > Opener.LONGEST) {
      damaged = true;
      throw new CorruptedFrameException("a frame of the impossible length " + length + " arrived");
    }
    if (in.readableBytes() < Integer.BYTES + length) {
      return;
    }
    in.skipBytes(Integer.BYTES);
    byte[] sealed = Handshake.read(in, length);
    damaged = true;
    out.add(opener.open(sealed));
    damaged = false;
  }
}
