package org.jobfold.control;

import io.netty.handler.codec.CorruptedFrameException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The member's side: only its own times that came back count, and nothing is acted on when the
 * lease has run out, as after a pause of the whole program.
 */
final class MemberVigil implements Vigil {
  private final long silence;
  private volatile long end;

  MemberVigil(Lease lease, long now) {
    this.silence = lease.silence().toNanos();
    this.end = now + silence;
  }

  @Override
  public void heard(long now) {
    // A frame may have been long under way.
  }

  @Override
  public Optional<byte[]> beat(byte[] payload) {
    if (payload.length != Long.BYTES) {
      throw new CorruptedFrameException("a beat of " + payload.length + " bytes arrived");
    }
    end = ByteBuffer.wrap(payload).getLong() + silence;
    return Optional.empty();
  }

  @Override
  public Optional<byte[]> ownBeat(long now) {
    return Optional.of(ByteBuffer.allocate(Long.BYTES).putLong(now).array());
  }

  @Override
  public long end() {
    return end;
  }

  @Override
  public boolean mayDeliver(long now) {
    return !isOver(now);
  }
}
