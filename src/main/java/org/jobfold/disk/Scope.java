package org.jobfold.disk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jobfold.folder.Settings;
import org.jspecify.annotations.Nullable;

/**
 * The settings that hold in a directory and below it, as they were written: what they refer to is
 * looked up by each folder for itself.
 */
final class Scope {
  /** Nothing was said. */
  static Scope empty() {
    return new Scope(Map.of(), true);
  }

  /** Groups that are replaced as a whole. */
  private static final List<String> WHOLE = List.of("success.", "retry.", "tokens");

  private final Map<String, Entry> entries;
  private final boolean whole;
  private volatile @Nullable Settings settings;

  private Scope(Map<String, Entry> entries, boolean whole) {
    this.entries = entries;
    this.whole = whole;
  }

  /** This scope with what a file says laid over it. Params and environment are joined by name. */
  Scope with(FolderFile file) {
    Map<String, Entry> joined = new HashMap<>(entries);
    for (String group : WHOLE) {
      if (file.entries().keySet().stream().anyMatch(key -> key.startsWith(group))) {
        joined.keySet().removeIf(key -> key.startsWith(group));
      }
    }
    file.entries()
        .forEach(
            (key, entry) -> {
              if (isInherited(key)) {
                joined.put(key, entry);
              }
            });
    return new Scope(joined, whole && file.whole());
  }

  /** Whether nothing had to be left out of the files that it is made of. */
  boolean isWhole() {
    return whole;
  }

  /** By key. */
  Map<String, Entry> entries() {
    return entries;
  }

  /**
   * The settings of every folder here, once one folder has found that they are the same for all.
   */
  Optional<Settings> settings() {
    return Optional.ofNullable(settings);
  }

  void remember(Settings same) {
    settings = same;
  }

  private static boolean isInherited(String key) {
    return !FolderFile.isOfFunctional(key) && FolderFile.staying(key).isEmpty();
  }
}
