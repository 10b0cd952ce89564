package org.jobfold.control;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The member's side. */
public final class MemberPort {
  private MemberPort() {}

  /** Joins a lead. */
  public static Peer join(
      InetSocketAddress lead,
      Secret secret,
      Lease lease,
      byte[] hello,
      Duration patience,
      PeerHandler handler)
      throws IOException {
    throw new IOException("not yet");
  }
}
