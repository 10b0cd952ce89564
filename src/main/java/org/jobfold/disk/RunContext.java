package org.jobfold.disk;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jobfold.folder.FolderName;

/**
 * What is the same for all folders of one scan.
 *
 * @param root the directory of the tree
 * @param environment of this process
 * @param overrides entries that win over those of all folders
 */
record RunContext(Path root, Map<String, String> environment, Map<String, Entry> overrides) {
  private static final Source RUN = new Source("params of the run", FolderName.ROOT);

  static RunContext of(Path root, Map<String, String> environment, Map<String, String> params) {
    Map<String, Entry> overrides = new HashMap<>();
    params.forEach(
        (name, text) -> {
          String key = Values.PARAMS + name;
          overrides.put(key, new Entry(key, List.of(text), RUN, 0));
        });
    return new RunContext(root, environment, overrides);
  }

  /** The directory of a folder. */
  Path directory(FolderName folder) {
    return root.resolve(folder.relative());
  }
}
