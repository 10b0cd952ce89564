package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class TimesProperties {
  private final Times times = new Times();

  @Property
  void everyTimeIsReadAsItWasWritten(
      @ForAll @LongRange(min = -99_999_999_999L, max = 999_999_999_999L) long second,
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 999_999_999) Integer> nanos) {
    for (int nano : nanos) {
      Instant time = Instant.ofEpochSecond(second, nano);
      assertThat(times.parse(time.toString())).isEqualTo(time);
    }
  }

  @Example
  void whatTheJdkTakesOrRefusesIsTakenOrRefused() {
    times.parse("2026-01-01T00:00:00Z");
    for (String text :
        List.of(
            "",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00.1234567890Z",
            "2026-01-01T00:00:00.12x4Z",
            "2026-01-01T00:00:00+01:00",
            "2026-01-01T00:00:00z",
            "2026-01-01T00:00:00.5z",
            "2026-01-01T00:00Z",
            "2026-01-01T00:00:60Z",
            "2026-13-01T00:00:00Z")) {
      Optional<Instant> expected = jdk(text);
      if (expected.isEmpty()) {
        assertThatThrownBy(() -> times.parse(text)).isInstanceOf(DateTimeException.class);
      } else {
        assertThat(times.parse(text)).isEqualTo(expected.get());
      }
    }
  }

  private static Optional<Instant> jdk(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
