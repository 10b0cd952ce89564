package org.jobfold.control;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait to be sent. They are sealed only when the connection takes them, so that beats
 * get between the parts of long ones. It holds no more than its limit.
 */
final class Outbox {
  /** What each message takes beside its bytes, about. */
  private static final int OVERHEAD = 64;

  private final long limit;
  private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private byte @Nullable [] current;
  private int at;

  Outbox(long limit) {
    this.limit = limit;
  }

  /** Adds a message, unless that is too much. Any thread. */
  boolean add(byte[] message) {
    long size = (long) message.length + OVERHEAD;
    if (bytes.addAndGet(size) > limit) {
      bytes.addAndGet(-size);
      return false;
    }
    waiting.add(message);
    return true;
  }

  /** The next frame. The loop alone. */
  Optional<ByteBuf> next(Sealer sealer) {
    if (current == null) {
      current = waiting.poll();
      at = 0;
    }
    byte[] message = current;
    if (message == null) {
      return Optional.empty();
    }
    int length = Math.min(Frame.LONGEST_PAYLOAD, message.length - at);
    boolean last = at + length == message.length;
    ByteBuf frame = sealer.seal(last ? Frame.Kind.MESSAGE : Frame.Kind.PART, message, at, length);
    at += length;
    if (last) {
      current = null;
      bytes.addAndGet(-message.length - OVERHEAD);
    }
    return Optional.of(frame);
  }

  /** Whether nothing waits. The loop alone. */
  boolean isEmpty() {
    return current == null && waiting.isEmpty();
  }

  /** Forgets all. The loop alone. */
  void clear() {
    current = null;
    waiting.clear();
  }
}
