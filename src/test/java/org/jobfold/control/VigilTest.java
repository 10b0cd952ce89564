package org.jobfold.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The rules of the lease, in a time of the test's own. */
class VigilTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void theLeadGivesUpFourSecondsAfterTheLatestFrame() {
    LeadVigil lead = new LeadVigil(Lease.DEFAULT, 0);
    lead.heard(3 * SECOND);
    assertThat(lead.isOver(7 * SECOND - 1)).isFalse();
    assertThat(lead.isOver(7 * SECOND)).isTrue();
    assertThat(lead.mayDeliver(9 * SECOND)).isTrue();
  }

  @Test
  void theMemberGivesUpFourSecondsAfterItSentWhatWasAnswered() {
    MemberVigil member = new MemberVigil(Lease.DEFAULT, 0);
    byte[] beat = member.ownBeat(SECOND).orElseThrow();
    member.heard(3 * SECOND);
    assertThat(member.isOver(4 * SECOND - 1)).isFalse();
    assertThat(member.beat(beat)).isEmpty();
    assertThat(member.mayDeliver(5 * SECOND - 1)).isTrue();
    assertThat(member.isOver(5 * SECOND)).isTrue();
    assertThat(member.mayDeliver(5 * SECOND)).isFalse();
  }

  @Test
  void timeThatWrapsAroundIsNoEnd() {
    MemberVigil member = new MemberVigil(Lease.DEFAULT, Long.MAX_VALUE - SECOND);
    assertThat(member.isOver(Long.MAX_VALUE)).isFalse();
    assertThat(member.isOver(Long.MIN_VALUE + 2 * SECOND)).isFalse();
    assertThat(member.isOver(Long.MIN_VALUE + 4 * SECOND)).isTrue();
  }

  /** Law: however long beats and answers are under way, the member is out when the lead is. */
  @Property
  void theLeaseOfTheMemberNeverEndsAfterThatOfTheLead(
      @ForAll @Size(min = 1, max = 20) java.util.List<@LongRange(min = 0, max = 9000) Long> delays) {
    LeadVigil lead = new LeadVigil(Lease.DEFAULT, 0);
    MemberVigil member = new MemberVigil(Lease.DEFAULT, 0);
    long sent = 0;
    long arrived = 0;
    for (long delay : delays) {
      sent += SECOND;
      byte[] beat = member.ownBeat(sent).orElseThrow();
      arrived = Math.max(arrived, sent + delay * 1_000_000);
      if (lead.isOver(arrived)) {
        break;
      }
      lead.heard(arrived);
      byte[] answer = lead.beat(beat).orElseThrow();
      member.beat(answer);
      assertThat(member.end()).isLessThanOrEqualTo(lead.end());
    }
  }

  @Test
  void aLeaseThatASingleLateBeatWouldBreakIsRefused() {
    assertThatThrownBy(() -> new Lease(Duration.ofSeconds(2), Duration.ofSeconds(3)))
        .hasMessage("a silence of 'PT3S' is too short for a beat of 'PT2S': twice at least");
    assertThatThrownBy(() -> new Lease(Duration.ZERO, Duration.ofSeconds(3)))
        .hasMessage("a beat of 'PT0S' is none: it must be positive");
  }
}
