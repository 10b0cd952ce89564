package org.jobfold.disk;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jobfold.folder.FolderName;
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
    } else if (cause instanceof Cause.NoRoom full) {
      json.writeStringField("reason", full.reason());
      json.writeStringField("directory", full.directory());
    } else if (cause instanceof Cause.SuccessCheck check) {
      json.writeStringField("reason", check.reason());
    } else if (cause instanceof Cause.Thrown thrown) {
      json.writeStringField("reason", thrown.reason());
    } else if (cause instanceof Cause.Interrupted interrupted) {
      json.writeStringField("reason", interrupted.reason());
    } else if (cause instanceof Cause.NodeLost lost) {
      json.writeStringField("reason", lost.reason());
    } else if (cause instanceof Cause.Vanished vanished) {
      json.writeStringField("reason", vanished.reason());
    } else if (cause instanceof Cause.Upstream upstream) {
      json.writeArrayFieldStart("origins");
      for (FolderName origin : upstream.origins()) {
        json.writeString(origin.path());
      }
      json.writeEndArray();
    }
  }

  static Cause read(LineFields line) throws BadLine {
    String kind = line.text("outcome");
    return switch (kind) {
      case "exit" -> new Cause.ExitCode(line.integer("code", 0));
      case "signal" -> new Cause.Signal(line.integer("signal", 0));
      case "timeout" -> new Cause.Timeout(line.duration("limit"));
      case "launch" -> launch(line);
      case "room" -> new Cause.NoRoom(line.text("directory"), line.text("reason"));
      case "check" -> new Cause.SuccessCheck(line.text("reason"));
      case "thrown" -> new Cause.Thrown(line.text("reason"));
      case "interrupted" -> new Cause.Interrupted(line.text("reason"));
      case "node" -> new Cause.NodeLost(line.text("reason"));
      case "vanished" -> new Cause.Vanished(line.text("reason"));
      case "upstream" -> new Cause.Upstream(origins(line));
      default -> throw new BadLine("the outcome '" + kind + "' is not known");
    };
  }

  private static Cause launch(LineFields line) throws BadLine {
    return line.holds("noRoom")
        ? new Cause.NoRoom("", line.text("reason"))
        : new Cause.LaunchError(
            line.text("reason"),
            line.holds("lasting") ? Cause.Prospect.LASTING : Cause.Prospect.MAY_PASS);
  }

  private static SortedSet<FolderName> origins(LineFields line) throws BadLine {
    return line.texts("origins").stream()
        .map(FolderName::new)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Seconds, exact to a microsecond. */
  static double seconds(Duration duration) {
    return Math.rint(duration.toNanos() / 1e3) / 1e6;
  }
}
