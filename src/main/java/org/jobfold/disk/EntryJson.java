package org.jobfold.disk;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.FolderName;
import org.jobfold.journal.Entry;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;

/**
 * Writes journal entries as JSON, one object a line. {@link EntryLines} reads them. The fields are
 * those of {@code docs/formats/journal.md}.
 */
final class EntryJson {
  private EntryJson() {}

  /** Writes an entry, its checksum and the end of its line. */
  static void writeLine(Entry entry, LineBuffer out) {
    int begin = out.size();
    JsonLine.write(
        out,
        json -> {
          json.writeStringField("at", entry.at().toString());
          fields(entry, json);
        });
    Checksum.seal(out, begin);
    out.write('\n');
  }

  private static void fields(Entry entry, JsonGenerator json) throws IOException {
    if (entry instanceof Entry.RunStarted run) {
      json.writeStringField("event", "run");
      json.writeStringField("host", run.host());
      json.writeNumberField("pid", run.pid());
      json.writeNumberField("ranks", run.ranks());
      json.writeNumberField("folders", run.folders());
      json.writeNumberField("epoch", run.epoch());
      json.writeStringField("run", run.id());
      json.writeNumberField("hosts", run.hosts());
    } else if (entry instanceof Entry.TrialOrdered ordered) {
      trial("order", ordered.id(), json);
      json.writeNumberField("slot", ordered.slot());
      ranks(ordered.placement(), json);
      gpus(ordered.placement(), json);
    } else if (entry instanceof Entry.TrialStarted started) {
      trial("start", started.id(), json);
      json.writeNumberField("pid", started.pid());
    } else if (entry instanceof Entry.TrialEnded ended) {
      trial("end", ended.id(), json);
      cause(ended.outcome().cause(), json);
      usage(ended.usage(), json);
      json.writeStringField("stdout", ended.stdout());
      json.writeStringField("stderr", ended.stderr());
    } else if (entry instanceof Entry.FolderSettled settled) {
      json.writeStringField("event", "folder");
      json.writeStringField("folder", settled.folder().path());
      json.writeStringField("state", settled.state().word());
      json.writeNumberField("trials", settled.state().trials());
      if (settled.state().skip().isPresent()) {
        json.writeStringField("reason", settled.state().skip().get());
      }
      if (settled.state().failure().isPresent()) {
        failure(settled.state().failure().get(), json);
      }
    } else if (entry instanceof Entry.TrialFailed failed) {
      json.writeStringField("event", "failed");
      json.writeStringField("folder", failed.folder().path());
      json.writeNumberField("trial", failed.trial());
      cause(Optional.of(failed.cause()), json);
    } else if (entry instanceof Entry.FolderReached reached) {
      json.writeStringField("event", "reached");
      json.writeStringField("folder", reached.folder().path());
      json.writeNumberField("trials", reached.trials());
      json.writeNumberField("step", reached.step());
      if (reached.forgiven() > 0) {
        json.writeNumberField("forgiven", reached.forgiven());
      }
    } else if (entry instanceof Entry.RanksLost gone) {
      json.writeStringField("event", "lost");
      json.writeStringField("host", gone.host().name());
      json.writeStringField("reason", gone.reason());
      ranks(new Placement(List.of(new Placement.Share(gone.host(), gone.ranks()))), json);
    } else if (entry instanceof Entry.HostWithheld kept) {
      json.writeStringField("event", "withheld");
      json.writeStringField("host", kept.host().name());
      json.writeStringField("reason", kept.reason());
      json.writeArrayFieldStart("pardoned");
      for (Map.Entry<FolderName, List<Integer>> each : kept.pardoned().entrySet()) {
        for (int trial : each.getValue()) {
          json.writeString(trial + " " + each.getKey().path());
        }
      }
      json.writeEndArray();
    } else if (entry instanceof Entry.HostBack back) {
      json.writeStringField("event", "back");
      json.writeStringField("host", back.host().name());
    } else if (entry instanceof Entry.FoldersDropped gone) {
      json.writeStringField("event", "dropped");
      json.writeArrayFieldStart("folders");
      for (FolderName folder : gone.folders()) {
        json.writeString(folder.path());
      }
      json.writeEndArray();
    } else if (entry instanceof Entry.FoldersLeft now) {
      json.writeStringField("event", "left");
      json.writeNumberField("left", now.left());
    } else if (entry instanceof Entry.RunEnded over) {
      json.writeStringField("event", "over");
      json.writeNumberField("left", over.left());
    }
  }

  private static void trial(String event, TrialId id, JsonGenerator json) throws IOException {
    json.writeStringField("event", event);
    json.writeStringField("folder", id.folder().path());
    json.writeNumberField("trial", id.number());
    if (id.step() > 0) {
      json.writeNumberField("step", id.step());
    }
  }

  private static void ranks(Placement placement, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("ranks");
    for (Placement.Share share : placement.shares()) {
      numbers(share.host().name(), share.ranks(), json);
    }
    json.writeEndObject();
  }

  /** As {@code "node1 0"}, since a name has no blanks. */
  private static void gpus(Placement placement, JsonGenerator json) throws IOException {
    if (placement.mostGpus() == 0) {
      return;
    }
    json.writeArrayFieldStart("gpus");
    for (Placement.Share share : placement.shares()) {
      for (String id : share.gpus()) {
        json.writeString(share.host().name() + " " + id);
      }
    }
    json.writeEndArray();
  }

  private static void numbers(String name, List<Integer> numbers, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (int number : numbers) {
      json.writeNumber(number);
    }
    json.writeEndArray();
  }

  private static void failure(Failure failure, JsonGenerator json) throws IOException {
    cause(Optional.of(failure.cause()), json);
    usage(failure.usage(), json);
    json.writeStringField("stdout", failure.stdout());
    json.writeStringField("stderr", failure.stderr());
    json.writeStringField("tailOf", failure.tailOf());
    json.writeArrayFieldStart("hosts");
    for (Host host : failure.hosts()) {
      json.writeString(host.name());
    }
    json.writeEndArray();
  }

  private static void cause(Optional<Cause> cause, JsonGenerator json) throws IOException {
    json.writeStringField("outcome", cause.map(Cause::kind).orElse("succeeded"));
    if (cause.isPresent()) {
      Causes.write(cause.get(), json);
      json.writeStringField("cause", cause.get().text());
    }
  }

  private static void usage(Usage usage, JsonGenerator json) throws IOException {
    json.writeStringField("started", usage.started().toString());
    json.writeNumberField("elapsed", Causes.seconds(usage.elapsed()));
    json.writeNumberField("user", Causes.seconds(usage.user()));
    json.writeNumberField("system", Causes.seconds(usage.system()));
    json.writeNumberField("peak", usage.peakBytes());
  }
}
