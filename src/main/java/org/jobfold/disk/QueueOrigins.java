package org.jobfold.disk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jobfold.folder.Origin;
import org.jobfold.folder.Origins;

/**
 * Where folders say which tokens they hold: whether there are so many is known only when it is
 * known what the run has. One object for all folders that inherit it from the same place.
 */
final class QueueOrigins {
  private final Map<List<Entry>, Origins> known = new ConcurrentHashMap<>();

  /** Those of a folder. */
  Origins read(Values values, Iterable<String> queues) {
    Map<String, Entry> found = new HashMap<>();
    for (String queue : queues) {
      for (String key : List.of("queue", "tokens", "tokens." + queue)) {
        values.entry(key).ifPresent(entry -> found.put(key, entry));
      }
    }
    return found.isEmpty()
        ? Origins.NONE
        : known.computeIfAbsent(List.copyOf(found.values()), QueueOrigins::origins);
  }

  private static Origins origins(List<Entry> entries) {
    Map<String, Origin> byKey = new HashMap<>();
    for (Entry entry : entries) {
      byKey.put(entry.key(), Origin.in(entry.source().place(), entry.line()));
    }
    return Origins.of(byKey);
  }
}
