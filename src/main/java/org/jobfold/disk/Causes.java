package org.jobfold.disk;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import org.jobfold.trial.Cause;

/** What a line of the journal says of a cause beside its kind, and back. */
final class Causes {
  private Causes() {}

  static void write(Cause cause, JsonGenerator json) throws IOException {
    if (cause instanceof Cause.ExitCode exit) {
      json.writeNumberField("code", exit.code());
    } else if (cause instanceof Cause.Signal signal) {
      json.writeNumberField("signal", signal.number());
    } else if (cause instanceof Cause.Timeout timeout) {
      json.writeNumberField("limit", seconds(timeout.limit()));
    } else if (cause instanceof Cause.LaunchError launch) {
      json.writeStringField("reason", launch.reason());
      if (launch.prospect() == Cause.Prospect.LASTING) {
        json.writeBooleanField("lasting", true);
      }
    } else if (cause instanceof Cause.SuccessCheck check) {
      json.writeStringField("reason", check.reason());
    } else if (cause instanceof Cause.Interrupted interrupted) {
      json.writeStringField("reason", interrupted.reason());
    } else if (cause instanceof Cause.Vanished vanished) {
      json.writeStringField("reason", vanished.reason());
    }
  }

  static Cause read(LineFields line) throws BadLine {
    String kind = line.text("outcome");
    return switch (kind) {
      case "exit" -> new Cause.ExitCode(line.integer("code", 0));
      case "signal" -> new Cause.Signal(line.integer("signal", 0));
      case "timeout" -> new Cause.Timeout(line.duration("limit"));
      case "launch" ->
          new Cause.LaunchError(
              line.text("reason"),
              line.holds("lasting") ? Cause.Prospect.LASTING : Cause.Prospect.MAY_PASS);
      case "check" -> new Cause.SuccessCheck(line.text("reason"));
      case "interrupted" -> new Cause.Interrupted(line.text("reason"));
      case "vanished" -> new Cause.Vanished(line.text("reason"));
      default -> throw new BadLine("the outcome '" + kind + "' is not known");
    };
  }

  /** Seconds, exact to a microsecond. */
  static double seconds(Duration duration) {
    return Math.rint(duration.toNanos() / 1e3) / 1e6;
  }
}
