package org.jobfold.disk;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.folder.FolderName;
import org.jobfold.print.Digest;
import org.jobfold.print.Fingerprint;

/**
 * The record of a folder's last success.
 *
 * @param folder which one
 * @param asked what it depended on when it was begun; absent for a folder without a fingerprint
 * @param made what those see that wait for it
 * @param inputs the content of the files that it read, by their names from the folder
 * @param outputs the content of the files that it declared to write; absent if it declared none
 */
record LastGood(
    FolderName folder,
    Optional<Fingerprint> asked,
    Digest made,
    SortedMap<String, Content> inputs,
    Optional<SortedMap<String, Content>> outputs) {
  LastGood {
    inputs = copy(inputs);
    outputs = outputs.map(LastGood::copy);
  }

  /** The same, with the later stamps of inputs whose content is still the same. */
  LastGood withStampsOf(Map<String, Content> later) {
    SortedMap<String, Content> joined = new TreeMap<>(inputs);
    joined.replaceAll(
        (name, content) -> {
          Content other = later.getOrDefault(name, content);
          return other.digest().equals(content.digest()) ? other : content;
        });
    return new LastGood(folder, asked, made, joined, outputs);
  }

  private static SortedMap<String, Content> copy(SortedMap<String, Content> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
