package org.jobfold.control;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that strangers can not fill the lead: only so many connections at a time may be in
 * their handshake, the others wait in the kernel; each has a limited time for it, and little if
 * others wait. The loop alone.
 */
final class Doorkeeper {
  /** How many may be in their handshake. */
  static final int ROOM = 64;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PATIENCE_IF_FULL = Duration.ofMillis(500);

  private final Channel door;
  private final Map<Channel, Long> since = new LinkedHashMap<>();
  private @Nullable ScheduledFuture<?> timer;

  Doorkeeper(Channel door) {
    this.door = door;
  }

  /** A connection has come. */
  void enter(Channel guest) {
    since.put(guest, System.nanoTime());
    guest.closeFuture().addListener(closed -> leave(guest));
    look();
  }

  /** It has finished its handshake, or is gone. */
  void leave(Channel guest) {
    if (since.remove(guest) != null) {
      look();
    }
  }

  /** Sends all away. */
  void close() {
    for (Channel guest : since.keySet().toArray(Channel[]::new)) {
      sendAway(guest);
    }
  }

  private void look() {
    door.config().setAutoRead(since.size() < ROOM);
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    Iterator<Map.Entry<Channel, Long>> oldest = since.entrySet().iterator();
    if (!oldest.hasNext()) {
      return;
    }
    Map.Entry<Channel, Long> first = oldest.next();
    Duration patience = since.size() < ROOM ? PATIENCE : PATIENCE_IF_FULL;
    long left = first.getValue() + patience.toNanos() - System.nanoTime();
    timer =
        door.eventLoop()
            .schedule(() -> sendAway(first.getKey()), Math.max(0, left), TimeUnit.NANOSECONDS);
  }

  private static void sendAway(Channel guest) {
    if (guest.isActive()) {
      guest.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    var unused = guest.close();
  }
}
