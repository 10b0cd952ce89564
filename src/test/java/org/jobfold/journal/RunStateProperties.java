package org.jobfold.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jobfold.folder.FolderName;

class RunStateProperties {
  private static final Instant LATER = Instant.parse("2026-02-01T00:00:00Z");

  @Property(tries = 300)
  void aLongerAccountNeverTakesASuccessBack(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int folders) {
    RunState state = new RunState();
    Set<FolderName> before = new HashSet<>();
    for (Entry entry : Accounts.of(seed, folders)) {
      state.accept(entry);
      Set<FolderName> now = succeeded(state);
      assertThat(now).containsAll(before);
      now.removeAll(before);
      if (!now.isEmpty()) {
        assertThat(entry)
            .isInstanceOfSatisfying(
                Entry.FolderSettled.class,
                settled -> {
                  assertThat(settled.state().succeeded()).isTrue();
                  assertThat(now).containsExactly(settled.folder());
                });
      }
      before.addAll(now);
    }
  }

  @Property(tries = 300)
  void aSnapshotAddsUpToTheSameState(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int folders) {
    List<Entry> entries = Accounts.of(seed, folders);
    for (int length = 0; length <= entries.size(); length++) {
      RunState state = state(entries.subList(0, length));
      List<Entry> snapshot = state.snapshot(LATER).toList();
      RunState again = state(snapshot);
      assertThat(touched(again)).isEqualTo(touched(state));
      assertThat(again.run()).isEqualTo(state.run());
      assertThat(again.end()).isEqualTo(state.end());
      assertThat(again.left()).isEqualTo(state.left());
      assertThat(snapshot).hasSizeLessThanOrEqualTo(length + 1);
    }
  }

  private static java.util.Map<FolderName, FolderState> touched(RunState state) {
    return state.folders().entrySet().stream()
        .filter(e -> !e.getValue().equals(FolderState.Open.UNTOUCHED))
        .collect(Collectors.toMap(java.util.Map.Entry::getKey, java.util.Map.Entry::getValue));
  }

  private static Set<FolderName> succeeded(RunState state) {
    return state.folders().keySet().stream().filter(state::succeeded).collect(Collectors.toSet());
  }

  private static RunState state(List<Entry> entries) {
    RunState state = new RunState();
    entries.forEach(state::accept);
    return state;
  }
}
