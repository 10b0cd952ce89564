package org.jobfold.control;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the handler of one peer, in order, and the peer how much has been taken up. It never tells
 * a member what came before its lease ran out: if that was not told in time, the connection is
 * lost, not left.
 */
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /** A peer that keeps to the window sends no more before it is told what was taken up. */
  private static final long MOST = (long) Outbox.WINDOW + (1 << 20);

  /** After so much the peer is told; what is not told yet must leave room for any message. */
  private static final long TOLD_AT_ONCE = 256 << 10;

  private final Connection connection;
  private final PeerHandler handler;
  private final Vigil vigil;
  private final Lease lease;
  private final Executor serial;
  private final AtomicLong waiting = new AtomicLong();
  private long takenUp;
  private boolean dropped;

  Delivery(Connection connection, PeerHandler handler, Vigil vigil, Lease lease) {
    this.connection = connection;
    this.handler = handler;
    this.vigil = vigil;
    this.lease = lease;
    this.serial = new Serial(Threads.pool());
  }

  void joined(byte[] hello) {
    message(hello, () -> handler.joined(connection, hello));
  }

  void received(byte[] message) {
    message(message, () -> handler.received(connection, message));
  }

  /** Runs something when all that came so far has been told. If it can not be, that is a loss. */
  void takenUp(Runnable then) {
    serial.execute(
        () -> {
          if (dropped) {
            connection.fail(vigil.reason(lease.silence()));
          } else {
            then.run();
          }
        });
  }

  /** The connection has ended in order. */
  void left() {
    serial.execute(
        () ->
            guarded(
                () -> {
                  if (dropped) {
                    handler.lost(connection, vigil.reason(lease.silence()));
                  } else {
                    handler.left(connection);
                  }
                }));
  }

  void lost(String reason) {
    serial.execute(() -> guarded(() -> handler.lost(connection, reason)));
  }

  private void message(byte[] message, Runnable call) {
    long size = Outbox.size(message);
    if (waiting.addAndGet(size) > MOST) {
      connection.fail("it sends more than it may");
    }
    serial.execute(
        () -> {
          if (vigil.mayDeliver(System.nanoTime()) && !dropped) {
            dropped = !guarded(call);
          } else {
            dropped = true;
          }
          waiting.addAndGet(-size);
          takenUp += size;
          if (takenUp >= TOLD_AT_ONCE) {
            connection.grant(takenUp);
            takenUp = 0;
          }
        });
  }

  /** Whether the handler has returned. One that throws has not taken up what it was told. */
  private boolean guarded(Runnable call) {
    try {
      call.run();
      return true;
    } catch (RuntimeException | Error e) {
      LOG.error("what peer '{}' has sent could not be taken up", connection.address(), e);
      connection.fail("what it has sent could not be taken up: " + e);
      return false;
    }
  }
}
