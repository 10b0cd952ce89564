package org.jobfold.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jobfold.folder.Durations;
import org.jobfold.folder.Problem;

/**
 * What settings come to that nobody has said, where that depends on the machine, the allocation or
 * other settings.
 *
 * <p>It never brings anything to a host, nor waits for one.
 */
final class ComputedSettings {
  private final Outside outside;
  private final RunArguments how;

  /**
   * For a run.
   *
   * @param how its settings, with what was said
   */
  ComputedSettings(Outside outside, RunArguments how) {
    this.outside = outside;
    this.how = how;
  }

  /**
   * Their values by key, as they would be typed; without those that can not be known because what
   * was said can not be used.
   */
  Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    values.put("margin", Durations.text(how.end().margin(how.grace())));
    List<Problem> problems = new ArrayList<>();
    Allotment allotment = how.hosts().allotment(outside.environment(), problems);
    if (problems.isEmpty()) {
      int ranks = allotment.size();
      values.put("ranks", Integer.toString(ranks));
      values.put("nbpools", Integer.toString(how.pools(ranks)));
    }
    return values;
  }
}
