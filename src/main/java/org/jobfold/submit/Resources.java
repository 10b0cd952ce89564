package org.jobfold.submit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a batch job asks for, as options of {@code sbatch} by their long names without dashes, in
 * the order in which they are written.
 *
 * @param options their values
 * @param others what the user says in sbatch's own words, such as {@code --exclusive}; these come
 *     last, and win
 */
public record Resources(Map<String, String> options, List<String> others) {
  /** Nothing is asked for. */
  public static final Resources NONE = new Resources(Map.of(), List.of());

  /** Copies both. */
  public Resources {
    options = new LinkedHashMap<>(options);
    others = List.copyOf(others);
  }

  /** The same with one more value, or another one. */
  public Resources with(String option, String value) {
    Map<String, String> more = new LinkedHashMap<>(options);
    more.put(option, value);
    return new Resources(more, others);
  }

  /** Whether there is a value for an option. */
  public boolean has(String option) {
    return options.containsKey(option);
  }

  /** As {@code sbatch} takes them. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    options.forEach((name, value) -> words.add("--" + name + (value.isEmpty() ? "" : "=" + value)));
    words.addAll(others);
    return words;
  }
}
