package org.jobfold.disk;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jobfold.folder.Functional;
import org.jobfold.folder.Settings;

/** One functional, and one settings, for all folders whose own are equal to it. */
final class Shared {
  private final Map<Functional, Functional> functionals = new ConcurrentHashMap<>();
  private final Map<SettingsKey, Settings> settings = new ConcurrentHashMap<>();

  Functional of(Functional functional) {
    Functional known = functionals.putIfAbsent(functional, functional);
    return known == null ? functional : known;
  }

  Settings of(Settings some) {
    Settings known = settings.putIfAbsent(new SettingsKey(some, hash(some)), some);
    return known == null ? some : known;
  }

  /**
   * Maps add up the hash codes of their entries: params that count up and down together, as those
   * of a scan over a parameter do, would nearly all have the same.
   */
  private static int hash(Settings some) {
    int hash = some.success().hashCode() ^ some.ranks().hashCode();
    hash = mixed(hash ^ some.priority()) ^ some.tokens().hashCode();
    hash = mixed(hash ^ some.inputs().hashCode()) ^ some.outputs().hashCode();
    for (Map<String, String> map : List.of(some.params(), some.env())) {
      for (Map.Entry<String, String> entry : map.entrySet()) {
        hash = mixed(mixed(hash ^ entry.getKey().hashCode()) ^ entry.getValue().hashCode());
      }
    }
    return hash;
  }

  private static int mixed(int hash) {
    int half = (hash ^ hash >>> 16) * 0x85ebca6b;
    return half ^ half >>> 13;
  }

  private record SettingsKey(Settings settings, int hash) {
    @Override
    public int hashCode() {
      return hash;
    }
  }
}
