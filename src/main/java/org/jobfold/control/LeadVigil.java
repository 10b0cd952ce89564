package org.jobfold.control;

import java.util.Optional;

/** The lead's side: each frame is a sign of life, and each beat is sent back. */
final class LeadVigil implements Vigil {
  private final long silence;
  private long end;

  LeadVigil(Lease lease, long now) {
    this.silence = lease.silence().toNanos();
    this.end = now + silence;
  }

  @Override
  public void heard(long now) {
    end = now + silence;
  }

  @Override
  public Optional<byte[]> beat(byte[] payload) {
    return Optional.of(payload);
  }

  @Override
  public Optional<byte[]> ownBeat(long now) {
    return Optional.empty();
  }

  @Override
  public long end() {
    return end;
  }

  @Override
  public boolean mayDeliver(long now) {
    return true;
  }
}
