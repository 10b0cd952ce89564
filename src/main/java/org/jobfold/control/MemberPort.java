package org.jobfold.control;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The member's side of the star: how a program joins its lead. */
public final class MemberPort {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private MemberPort() {}

  /**
   * Joins a lead, and waits until that is done. If the lead can not be reached or breaks off, it is
   * tried again; the lead may then have seen a peer that is lost, before the one that stays.
   *
   * @param lease that of the lead
   * @param hello what the lead's handler gets with {@link PeerHandler#joined}
   * @param patience how long it is tried
   * @param handler told of the lead; not of attempts that fail, unless the lead had begun to speak
   * @throws IOException if there is no lead, it speaks another version, or it does not know the
   *     secret
   * @throws IllegalArgumentException if {@code hello} is too long
   */
  public static Peer join(
      InetSocketAddress lead,
      Secret secret,
      Lease lease,
      byte[] hello,
      Duration patience,
      PeerHandler handler)
      throws IOException {
    if (hello.length > Peer.LONGEST_MESSAGE) {
      throw new IllegalArgumentException("a hello of " + hello.length + " bytes is too long");
    }
    long deadline = System.nanoTime() + patience.toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      IOException failure;
      try {
        return new Attempt(lead, secret, lease, hello, handler)
            .await(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      } catch (RefusedException e) {
        throw new IOException("can not join the lead at '" + text(lead) + "': " + why(e), e);
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        failure = e;
      }
      long left = deadline - System.nanoTime();
      long next = ThreadLocalRandom.current().nextLong(pause.toNanos() / 2, pause.toNanos());
      if (left <= next) {
        throw new IOException(
            "could not join the lead at '"
                + text(lead)
                + "' within "
                + patience.toMillis() / 1e3
                + " s: "
                + why(failure),
            failure);
      }
      sleep(next);
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
  }

  private static String text(InetSocketAddress lead) {
    return Connection.text(lead);
  }

  private static String why(IOException failure) {
    return String.valueOf(failure.getMessage());
  }

  private static void sleep(long nanos) throws InterruptedIOException {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while joining the lead");
    }
  }
}
