package org.jobfold.backend.mpj.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TurnTest {
  @Test
  void whatRankZeroIsToldItUnderstands() {
    for (Turn.Next next : Turn.Next.values()) {
      understood(new Turn(Optional.empty(), next));
      understood(new Turn(Optional.of(Instant.parse("2026-11-21T20:00:00.123456789Z")), next));
    }
  }

  @Test
  void whoIsToldNothingIsAlone() {
    assertThat(Turn.of(new Properties())).isEqualTo(Turn.ONLY);
    assertThat(Turn.ONLY.options()).isEmpty();
  }

  private static void understood(Turn turn) {
    Properties properties = new Properties();
    for (String option : turn.options()) {
      assertThat(option).startsWith("-D");
      String[] parts = option.substring(2).split("=", 2);
      properties.setProperty(parts[0], parts[1]);
    }
    assertThat(Turn.of(properties)).isEqualTo(turn);
  }
}
