package org.jobfold.control;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.CorruptedFrameException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait to be sent. They are sealed only when the connection takes them, so that beats
 * get between the parts of long ones. It holds no more than its limit, and gives no more than the
 * window before the other end has taken some up: who is slow to take messages up need never stop
 * reading, and beats get through to it.
 */
final class Outbox {
  /** How much may be under way, of which nothing has been taken up. More than any message. */
  static final int WINDOW = Peer.LONGEST_MESSAGE + (4 << 20);

  /** What each message takes beside its bytes, about. */
  private static final int OVERHEAD = 64;

  private final long limit;
  private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private byte @Nullable [] current;
  private int at;
  private long underWay;

  Outbox(long limit) {
    this.limit = limit;
  }

  /** What a message counts for. */
  static long size(byte[] message) {
    return (long) message.length + OVERHEAD;
  }

  /** Adds a message, unless that is too much. Any thread. */
  boolean add(byte[] message) {
    long size = size(message);
    if (bytes.addAndGet(size) > limit) {
      bytes.addAndGet(-size);
      return false;
    }
    waiting.add(message);
    return true;
  }

  /** The next frame, if there is one and the window is open. The loop alone. */
  Optional<ByteBuf> next(Sealer sealer) {
    if (underWay >= WINDOW) {
      return Optional.empty();
    }
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
    underWay += length;
    if (last) {
      current = null;
      underWay += OVERHEAD;
      bytes.addAndGet(-size(message));
    }
    return Optional.of(frame);
  }

  /** So much of what was sent has been taken up. The loop alone. */
  void takenUp(long size) {
    if (size < 0 || size > underWay) {
      throw new CorruptedFrameException(
          "more was taken up than was sent: " + size + " of " + underWay + " bytes");
    }
    underWay -= size;
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
