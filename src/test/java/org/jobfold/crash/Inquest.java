package org.jobfold.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jobfold.disk.Account;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.FolderName;
import org.jobfold.journal.FolderState;

/**
 * What the journal of each life says, held against the lives before and against the marks of the
 * folders.
 */
final class Inquest {
  private static final String STEPS = "abc";

  private final Ground ground;
  private final List<String> findings = new ArrayList<>();
  private final Map<FolderName, Settled> settled = new HashMap<>();
  private final Map<FolderName, Map<Integer, Integer>> steps = new HashMap<>();

  /** How a folder has ended, and after which life that was known. */
  private record Settled(Expected how, int life) {}

  Inquest(Ground ground) {
    this.ground = ground;
  }

  /** What is wrong; nothing if all is well. */
  List<String> findings() {
    return findings;
  }

  void found(String what) {
    findings.add(what);
  }

  /** How many folders have no final state yet. */
  int open() {
    return ground.folders().size() - settled.size();
  }

  /** How many folders have failed for good. */
  long failures() {
    return settled.values().stream().filter(s -> !s.how.isSuccess()).count();
  }

  /** Looks at the journal after a life. */
  void after(int life) {
    if (!StateDirectory.isIn(ground.tree())) {
      if (!settled.isEmpty()) {
        found("life " + life + ": there is no journal any more");
      }
      return;
    }
    Account account = StateDirectory.of(ground.tree()).load();
    account.reading().damage().forEach(d -> found("life " + life + ": journal damaged: " + d));
    ground.folders().forEach((name, kind) -> look(life, name, kind, account.state().of(name)));
  }

  private void look(int life, FolderName name, Kind kind, FolderState state) {
    Settled before = settled.get(name);
    if (state instanceof FolderState.Open open) {
      if (before != null) {
        found("life " + life + ": " + name + " was " + before + ", and is open again: " + open);
      }
      // Where all have succeeded, and that of the folder is not recorded, the last one runs again.
      for (int step = 0; step < Math.min(open.step(), STEPS.length() - 1); step++) {
        steps.computeIfAbsent(name, n -> new HashMap<>()).putIfAbsent(step, life);
      }
      return;
    }
    Expected now = Expected.of(state);
    if (before == null) {
      settled.put(name, new Settled(now, life));
      if (!now.equals(kind.expected())) {
        found(
            "life "
                + life
                + ": "
                + name
                + ", "
                + kind
                + ": "
                + now
                + ", expected "
                + kind.expected());
      }
    } else if (!before.how.equals(now)) {
      found("life " + life + ": " + name + " was " + before + ", and is " + now);
    }
  }

  /** Looks at the summary of a life that went to the end: the errors map is that of all lives. */
  void summary(int life, JsonNode json) {
    SortedMap<String, Expected> errors = new TreeMap<>();
    json.get("errors").properties().forEach(e -> errors.put(e.getKey(), Expected.of(e.getValue())));
    SortedMap<String, Expected> expected = new TreeMap<>();
    ground
        .folders()
        .forEach(
            (name, kind) -> {
              if (!kind.expected().isSuccess()) {
                expected.put(name.path(), kind.expected());
              }
            });
    if (!errors.equals(expected)) {
      found("life " + life + ": the errors map is " + errors + ", expected " + expected);
    }
    int succeeded = ground.folders().size() - expected.size();
    JsonNode counts = json.get("folders");
    if (counts.get("succeeded").asInt() != succeeded
        || counts.get("failed").asInt() != expected.size()
        || counts.get("waiting").asInt() + counts.get("interrupted").asInt() != 0) {
      found("life " + life + ": " + counts + ", expected " + succeeded + " that succeeded");
    }
  }

  /** Looks at the marks of all lives. */
  void marks() throws IOException {
    Map<String, List<Mark>> marks =
        Mark.read(ground.marks()).stream().collect(Collectors.groupingBy(Mark::folder));
    ground
        .folders()
        .forEach((name, kind) -> look(name, kind, marks.getOrDefault(name.path(), List.of())));
  }

  private void look(FolderName name, Kind kind, List<Mark> marks) {
    Optional<Settled> end = Optional.ofNullable(settled.get(name));
    for (Mark mark : marks) {
      if (mark.what().equals("overlap")) {
        found("two executions of " + name + " were alive: " + mark);
      }
      if (end.isPresent() && mark.life() > end.get().life) {
        found(name + " had ended, " + end.get() + ", and ran again: " + mark);
      }
      if (mark.trial() > kind.expected().trials()) {
        found(name + ", " + kind + ", had too many trials: " + mark);
      }
      Integer done = steps.getOrDefault(name, Map.of()).get(STEPS.indexOf(mark.step()));
      if (done != null && mark.life() > done) {
        found("a step of " + name + " had succeeded by life " + done + ", and ran again: " + mark);
      }
    }
    if (end.isEmpty()) {
      return;
    }
    if (kind.expected().isSuccess()) {
      expect(name, marks, "done", kind.expected().trials(), kind.lastStep());
    }
    for (int trial = 1; trial <= kind.ownFailures(); trial++) {
      expect(name, marks, "fail", trial, kind.failingStep());
    }
  }

  private void expect(FolderName name, List<Mark> marks, String what, int trial, String step) {
    if (marks.stream()
        .noneMatch(m -> m.what().equals(what) && m.trial() == trial && m.step().equals(step))) {
      found(name + " has never said '" + what + "' of trial " + trial + ", step " + step);
    }
  }
}
