package org.jobfold.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jobfold.folder.Durations;
import picocli.CommandLine.TypeConversionException;

/** When an allocation ends, as people say it: a time of the day, a date and time, or from now. */
@FunctionalInterface
interface EndTime {
  /** The moment that is meant by who says it now. */
  Instant saidAt(ZonedDateTime now);

  /** Reads {@code 8h}, {@code 20:00}, {@code 2026-11-21T20:00} or {@code 2026-11-21T20:00:00Z}. */
  static EndTime parse(String text) {
    String trimmed = text.strip().replace(' ', 'T');
    try {
      if (trimmed.matches("\\d{1,2}:\\d\\d(:\\d\\d)?")) {
        LocalTime time = LocalTime.parse(trimmed.indexOf(':') == 1 ? "0" + trimmed : trimmed);
        return now -> next(time, now);
      }
      if (trimmed.matches(".*T.*(Z|[+-]\\d\\d:?\\d\\d)")) {
        Instant at = OffsetDateTime.parse(trimmed).toInstant();
        return now -> at;
      }
      if (trimmed.matches("\\d{4}-.*T.*")) {
        LocalDateTime at = LocalDateTime.parse(trimmed);
        return now -> at.atZone(now.getZone()).toInstant();
      }
    } catch (DateTimeException e) {
      throw wrong("'" + text + "' is no time");
    }
    try {
      Duration from = Durations.parse(trimmed);
      return now -> now.toInstant().plus(from);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  /** By the clock and the time zone of this host. */
  static ZonedDateTime here(Instant now) {
    return now.atZone(ZoneId.systemDefault());
  }

  private static Instant next(LocalTime time, ZonedDateTime now) {
    ZonedDateTime today = now.with(time);
    return (today.isAfter(now) ? today : today.plusDays(1)).toInstant();
  }

  private static TypeConversionException wrong(String what) {
    return new TypeConversionException(what + "; a time is written '20:00' or '2026-11-21T20:00'");
  }
}
