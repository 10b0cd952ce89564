package org.jobfold.backend.mpj;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.spi.SessionEvent;
import org.junit.jupiter.api.Test;

class LostHostsTest {
  private static final Host A = new Host("a");
  private static final Host B = new Host("b");

  private final List<SessionEvent> told = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private final LostHosts losses =
      new LostHosts(
          new Placement(
              List.of(
                  new Placement.Share(A, List.of(0, 1, 2)), new Placement.Share(B, List.of(3, 4)))),
          told::add,
          (wait, work) -> later.add(work));

  @Test
  void ranksOfOneHostThatAreLostWithinAMomentAreOneLoss() {
    losses.lost(List.of(2), "silent");
    losses.lost(List.of(1), "also silent");
    assertThat(told).isEmpty();

    theMomentIsOver();

    assertThat(told).containsExactly(new SessionEvent.RanksLost(A, List.of(1, 2), "silent"));
  }

  @Test
  void theLastRanksOfAHostAreToldAtOnceAndOnce() {
    losses.lost(List.of(3), "silent");
    losses.lost(List.of(4), "silent");
    losses.lost(List.of(3, 4), "its agent is silent");
    theMomentIsOver();

    assertThat(told).containsExactly(new SessionEvent.RanksLost(B, List.of(3, 4), "silent"));
  }

  @Test
  void whatIsLostLaterIsALossOfItsOwn() {
    losses.lost(List.of(1), "killed");
    theMomentIsOver();
    losses.lost(List.of(2, 4), "silent");
    theMomentIsOver();

    assertThat(told)
        .containsExactly(
            new SessionEvent.RanksLost(A, List.of(1), "killed"),
            new SessionEvent.RanksLost(A, List.of(2), "silent"),
            new SessionEvent.RanksLost(B, List.of(4), "silent"));
  }

  private void theMomentIsOver() {
    List.copyOf(later).forEach(Runnable::run);
    later.clear();
  }
}
