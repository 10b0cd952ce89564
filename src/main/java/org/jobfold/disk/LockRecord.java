package org.jobfold.disk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a lock file says. The fields are those of {@code docs/formats/lock.md}.
 *
 * @param process who holds it
 * @param since when it was taken
 * @param token that no other holder has
 * @param lease how long it may stay as it is before others may take it
 * @param renewed when it was renewed last, by the holder's clock
 * @param renewal how often it was renewed
 */
record LockRecord(
    HostProcess process,
    Instant since,
    String token,
    Duration lease,
    Instant renewed,
    long renewal) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String VERSION = "1";
  private static final Pattern TOKEN = Pattern.compile("[0-9A-Za-z-]{1,64}");

  /** So much space is left for the count: a lock keeps its length, and can be written in place. */
  private static final int LONGEST_COUNT = 10;

  /** Cuts the times to seconds. */
  LockRecord {
    since = since.truncatedTo(ChronoUnit.SECONDS);
    renewed = renewed.truncatedTo(ChronoUnit.SECONDS);
  }

  /** A new one, held by this JVM from now on. */
  static LockRecord taken(Instant now, Duration lease) {
    return new LockRecord(HostProcess.self(), now, UUID.randomUUID().toString(), lease, now, 0);
  }

  /** This, renewed now. */
  LockRecord renewed(Instant now) {
    return new LockRecord(process, since, token, lease, now, renewal + 1);
  }

  /** Who holds it and since when, for people. */
  String who() {
    return "process " + process.pid() + " on host '" + process.host() + "' since " + since;
  }

  /** The whole file: one line. */
  String text() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("jobfold-lock", 1);
      json.writeStringField("host", process.host());
      json.writeStringField("boot", process.boot());
      json.writeStringField("namespace", process.namespace());
      json.writeNumberField("pid", process.pid());
      json.writeNumberField("start", process.start());
      json.writeStringField("since", since.toString());
      json.writeStringField("token", token);
      json.writeNumberField("lease", lease.toSeconds());
      json.writeStringField("renewed", renewed.toString());
      json.writeNumberField("renewal", renewal);
      json.writeRaw(" ".repeat(LONGEST_COUNT - Long.toString(renewal).length()));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  /** Reads a file; empty if it is damaged, or of another version. */
  static Optional<LockRecord> parse(String text) {
    try {
      FlatJson fields = FlatJson.read(text.getBytes(StandardCharsets.UTF_8));
      String token = fields.field("token");
      Duration lease = Duration.ofSeconds(Long.parseLong(fields.field("lease")));
      if (!fields.field("jobfold-lock").equals(VERSION)
          || !TOKEN.matcher(token).matches()
          || lease.compareTo(Duration.ofSeconds(1)) < 0
          || lease.compareTo(Duration.ofDays(1)) > 0) {
        return Optional.empty();
      }
      HostProcess process =
          new HostProcess(
              fields.field("host"),
              fields.field("boot"),
              fields.field("namespace"),
              Long.parseLong(fields.field("pid")),
              Long.parseLong(fields.field("start")));
      return Optional.of(
          new LockRecord(
              process,
              Instant.parse(fields.field("since")),
              token,
              lease,
              Instant.parse(fields.field("renewed")),
              Long.parseLong(fields.field("renewal"))));
    } catch (IOException | RuntimeException damaged) {
      return Optional.empty();
    }
  }
}
