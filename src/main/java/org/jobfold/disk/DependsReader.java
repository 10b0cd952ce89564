package org.jobfold.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jobfold.folder.After;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.Origin;

/** Reads what a folder waits for: its key {@code depends}. */
final class DependsReader {
  private DependsReader() {}

  /** What is written, in its order, without what is wrong. */
  static List<Dependency> read(Values values) {
    List<Dependency> depends = new ArrayList<>();
    for (int i = 0; ; i++) {
      String key = "depends(" + i + ")";
      Optional<Entry> name = values.entry(key + ".name");
      if (name.isEmpty()) {
        return depends;
      }
      After after = values.one(key + ".after", TextType.AFTER).orElse(After.SUCCESS);
      Origin origin = Origin.in(name.get().source().place(), name.get().line());
      // The same few patterns are in many folders.
      values
          .one(key + ".name", TextType.DEPENDS)
          .ifPresent(pattern -> depends.add(new Dependency(pattern.intern(), after, origin)));
    }
  }
}
