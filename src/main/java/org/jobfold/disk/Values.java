package org.jobfold.disk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jobfold.folder.FolderName;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one folder: its own file, what it inherits, and what the run overrides. Gives
 * values with all references resolved; what is wrong becomes a problem, and the value is absent.
 */
final class Values {
  /** What the keys of params begin with. */
  static final String PARAMS = "params.";

  /** What the keys of the environment begin with. */
  static final String ENV = "env.";

  private final FolderName folder;
  private final Scope scope;
  private final Map<String, Entry> own;
  private final RunContext context;
  private final Findings findings;
  private @Nullable Interpolation interpolation;
  private boolean sound = true;

  /**
   * The values of a folder.
   *
   * @param scope what it inherits, and its own settings
   * @param own what its own file says
   */
  Values(
      FolderName folder,
      Scope scope,
      Map<String, Entry> own,
      RunContext context,
      Findings findings) {
    this.folder = folder;
    this.scope = scope;
    this.own = own;
    this.context = context;
    this.findings = findings;
  }

  /** Whether every folder of the scope would have been given the same. */
  boolean isSameForAll() {
    return sound && (interpolation == null || !interpolation.askedForFolder());
  }

  /** All keys that have a value. */
  Set<String> keys() {
    Set<String> keys = new TreeSet<>(scope.entries().keySet());
    keys.addAll(own.keySet());
    keys.addAll(context.overrides().keySet());
    return keys;
  }

  /** Where the value of a key was written, if it was. */
  Optional<Entry> entry(String key) {
    Entry found = context.overrides().get(key);
    if (found == null) {
      found = own.get(key);
    }
    return Optional.ofNullable(found == null ? scope.entries().get(key) : found);
  }

  /** What was written for a key, with its references; a list with blanks between. */
  Optional<String> raw(String key) {
    return entry(key)
        .or(() -> entry(key + "." + Schema.ARGV))
        .map(entry -> String.join(" ", entry.texts()));
  }

  /** The value of a key, if it has a good one. */
  <T> Optional<T> one(String key, TextType<T> type) {
    return entry(key).flatMap(entry -> value(entry, entry.texts().get(0), type));
  }

  /** The values of a key; none if it has none, or a bad one. */
  <T> List<T> several(String key, TextType<T> type) {
    Optional<Entry> entry = entry(key);
    if (entry.isEmpty()) {
      return List.of();
    }
    List<T> all = new ArrayList<>();
    for (String text : entry.get().texts()) {
      Optional<T> value = value(entry.get(), text, type);
      if (value.isEmpty()) {
        return List.of();
      }
      all.add(value.get());
    }
    return all;
  }

  /** The values of all keys with this prefix, by what comes after it. */
  <T> SortedMap<String, T> table(String prefix, TextType<T> type) {
    SortedMap<String, T> all = new TreeMap<>();
    addTo(all, prefix, type, scope.entries());
    addTo(all, prefix, type, context.overrides());
    return all.isEmpty() ? Collections.emptySortedMap() : all;
  }

  private <T> void addTo(
      SortedMap<String, T> all, String prefix, TextType<T> type, Map<String, Entry> entries) {
    for (Entry entry : entries.values()) {
      if (entry.key().startsWith(prefix)) {
        // The same few names are in every folder.
        String name = entry.key().substring(prefix.length()).intern();
        all.remove(name);
        value(entry, entry.texts().get(0), type).ifPresent(value -> all.put(name, value));
      }
    }
  }

  /** Says that the value of a key, which must have one, is wrong. */
  void refuse(String key, String message) {
    entry(key).ifPresent(entry -> refuse(entry, message));
  }

  /** The same; folders that meet the same cause share one problem, whatever file they say it in. */
  void refuse(String key, Object cause, String message) {
    entry(key).ifPresent(entry -> refuse(entry, cause, message));
  }

  private void refuse(Entry entry, String message) {
    refuse(entry, List.of(entry.source(), entry.key()), message);
  }

  private void refuse(Entry entry, Object cause, String message) {
    sound = false;
    String inherited =
        entry.source().folder().equals(folder) ? "" : ", for folder '" + folder + "',";
    findings.addShared(
        cause,
        folder,
        entry.source().problem(entry.line(), "'" + shown(entry) + "'" + inherited + " " + message));
  }

  /** A key as the user wrote it. */
  private static String shown(Entry entry) {
    String list = "command." + Schema.ARGV;
    String key = entry.key();
    return key.endsWith(list) ? key.substring(0, key.length() - Schema.ARGV.length() - 1) : key;
  }

  private <T> Optional<T> value(Entry entry, String text, TextType<T> type) {
    String resolved = text;
    try {
      if (Entry.isTemplate(text)) {
        resolved = interpolation().resolve(text);
      }
    } catch (IllegalArgumentException e) {
      if (scope.isWhole()) {
        refuse(entry, String.valueOf(e.getMessage()));
      }
      sound = false;
      return Optional.empty();
    }
    try {
      return Optional.of(type.parse(resolved));
    } catch (IllegalArgumentException e) {
      refuse(
          entry, e.getMessage() + (resolved.equals(text) ? "" : " (it comes from '" + text + "')"));
      return Optional.empty();
    }
  }

  private Interpolation interpolation() {
    if (interpolation == null) {
      interpolation = new Interpolation(this, context, folder);
    }
    return interpolation;
  }
}
