package org.jobfold.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jobfold.comm.Placement;
import org.jobfold.disk.Account;
import org.jobfold.disk.LockHolder;
import org.jobfold.disk.Reading;
import org.jobfold.folder.FolderName;
import org.jobfold.journal.Entry;
import org.jobfold.journal.FolderState.Live;

/** How a run stands, for machines; the fields are those of {@code docs/formats/status-json.md}. */
final class StatusJson {
  private final Path root;
  private final Standing standing;

  /** Of the tree with this root. */
  StatusJson(Path root, Standing standing) {
    this.root = root;
    this.standing = standing;
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStringField("tree", root.toString());
    json.writeStringField("state", standing.word());
    json.writeBooleanField("beginning", standing.sight().isBeginning());
    json.writeBooleanField("idle", standing.isIdle());
    json.writeBooleanField("full", Paused.is(root, standing));
    json.writeNumberField(
        "noRoom", WithoutRoom.of(standing.sight().account().state()).causes().size());
    holder(json);
    run(json);
    json.writeObjectFieldStart("folders");
    json.writeNumberField("total", standing.total());
    json.writeNumberField("succeeded", standing.succeeded());
    json.writeNumberField("failed", standing.failed());
    json.writeNumberField("running", standing.running().size());
    json.writeNumberField("waiting", standing.waiting());
    json.writeNumberField("again", standing.again());
    json.writeNumberField("skipped", standing.skipped());
    json.writeNumberField("blocked", standing.blocked().blocked().size());
    json.writeEndObject();
    json.writeNumberField("rate", standing.rate());
    Optional<Duration> rest = standing.rest();
    if (rest.isPresent()) {
      json.writeNumberField("rest", Json.seconds(rest.get()));
    }
    lost(json);
    causes(json);
    blocked(json);
    json.writeArrayFieldStart("running");
    for (Map.Entry<FolderName, Live> entry : standing.running()) {
      running(entry.getKey(), entry.getValue(), json);
    }
    json.writeEndArray();
    journal(json);
  }

  private void holder(JsonGenerator json) throws IOException {
    Optional<LockHolder> holder = standing.sight().holder();
    if (holder.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("holder");
    json.writeStringField("host", holder.get().host());
    json.writeNumberField("pid", holder.get().pid());
    if (holder.get().since().isPresent()) {
      json.writeStringField("since", holder.get().since().get().toString());
    }
    json.writeStringField("life", holder.get().life().name().toLowerCase(Locale.ROOT));
    json.writeEndObject();
  }

  private void run(JsonGenerator json) throws IOException {
    Optional<Entry.RunStarted> run = standing.run();
    if (run.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("run");
    json.writeStringField("host", run.get().host());
    json.writeNumberField("pid", run.get().pid());
    json.writeNumberField("ranks", run.get().ranks());
    json.writeStringField("started", run.get().at().toString());
    Optional<Entry.RunEnded> end = standing.sight().account().state().end();
    if (end.isPresent()) {
      json.writeStringField("ended", end.get().at().toString());
    }
    if (standing.elapsed().isPresent()) {
      json.writeNumberField("elapsed", Json.seconds(standing.elapsed().get()));
    }
    json.writeEndObject();
  }

  private void lost(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("lost");
    for (Entry.RanksLost gone : standing.sight().account().state().lost()) {
      LossJson.write(gone.host(), gone.ranks(), gone.reason(), json);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("withheld");
    for (Entry.HostWithheld kept : standing.sight().account().state().withheld()) {
      json.writeStartObject();
      json.writeStringField("host", kept.host().name());
      json.writeStringField("since", kept.at().toString());
      json.writeStringField("reason", kept.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void causes(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("causes");
    for (CauseCount cause : CauseCount.of(standing.failures().values())) {
      json.writeStartObject();
      json.writeStringField("cause", cause.cause().kind());
      json.writeStringField("text", cause.cause().text());
      json.writeNumberField("folders", cause.count());
      HostCount.write(cause.failures(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void blocked(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("blocked");
    for (BlockedText.Group group : standing.blocked().groups()) {
      json.writeStartObject();
      FailureJson.names("origins", group.origins(), json);
      json.writeNumberField("folders", group.folders().size());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void running(FolderName folder, Live live, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("folder", folder.path());
    json.writeNumberField("trial", live.trial());
    json.writeNumberField("step", live.step());
    json.writeStringField("since", live.at().toString());
    if (live.slot().isPresent()) {
      json.writeNumberField("slot", live.slot().getAsInt());
    }
    if (live.pid().isPresent()) {
      json.writeNumberField("pid", live.pid().getAsLong());
    }
    json.writeArrayFieldStart("hosts");
    for (Placement.Share share : live.placement().shares()) {
      json.writeStartObject();
      json.writeStringField("host", share.host().name());
      json.writeArrayFieldStart("ranks");
      for (int rank : share.ranks()) {
        json.writeNumber(rank);
      }
      json.writeEndArray();
      if (!share.gpus().isEmpty()) {
        json.writeArrayFieldStart("gpus");
        for (String gpu : share.gpus()) {
          json.writeString(gpu);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void journal(JsonGenerator json) throws IOException {
    Account account = standing.sight().account();
    if (account.file().isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("journal");
    json.writeStringField("file", account.file().get().toString());
    json.writeNumberField("epoch", account.epoch());
    json.writeNumberField("lines", account.reading().lines());
    if (account.heard().isPresent()) {
      json.writeStringField("heard", account.heard().get().toString());
    }
    json.writeNumberField("damaged", account.reading().damaged());
    damage(account.reading().damage(), json);
    json.writeEndObject();
  }

  private static void damage(List<Reading.Damage> all, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("damage");
    for (Reading.Damage damage : all) {
      json.writeStartObject();
      json.writeNumberField("line", damage.line());
      json.writeStringField("what", damage.what());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
