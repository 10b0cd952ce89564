package org.jobfold;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jobfold.backend.mpj.start.Turn;
import org.jobfold.cli.Succession;

/**
 * Worlds of MPJ Express that follow one another: one that has lost a rank can make no call of
 * several ranks any more.
 */
final class WorldSuccession implements Succession {
  private final Turn turn;
  private final BooleanSupplier isBereft;
  private volatile boolean handedOver;

  /**
   * The world of this process.
   *
   * @param turn what its starter has said
   * @param isBereft whether it has lost a rank
   */
  WorldSuccession(Turn turn, BooleanSupplier isBereft) {
    this.turn = turn;
    this.isBereft = isBereft;
  }

  @Override
  public Optional<Instant> began() {
    return turn.began();
  }

  @Override
  public boolean isWorn() {
    return turn.next() == Turn.Next.POSSIBLE && isBereft.getAsBoolean();
  }

  @Override
  public void handOver() {
    handedOver = true;
  }

  /** The exit code for the starter of the world, if that of the command is this one. */
  int code(int own) {
    return handedOver ? Turn.AGAIN : own;
  }
}
