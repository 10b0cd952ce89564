package org.jobfold.control;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The lead's side. */
public final class LeadPort implements AutoCloseable {
  private LeadPort() {}

  /** Listens at an address; port 0 is any that is free. */
  public static LeadPort open(
      InetSocketAddress bind, Secret secret, Lease lease, PeerHandler handler) throws IOException {
    throw new IOException("not yet");
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    throw new IllegalStateException("not yet");
  }

  @Override
  public void close() {}
}
