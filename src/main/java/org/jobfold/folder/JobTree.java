package org.jobfold.folder;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The executable folders of a tree in the order of their names. Immutable. */
public final class JobTree {
  /** A tree with no executable folder. */
  public static final JobTree EMPTY = new JobTree(new TreeMap<>());

  private final SortedMap<FolderName, JobFolder> folders;

  private JobTree(SortedMap<FolderName, JobFolder> folders) {
    this.folders = Collections.unmodifiableSortedMap(folders);
  }

  /** A tree of these folders. Refuses two of the same name. */
  public static JobTree of(Collection<JobFolder> folders) {
    TreeMap<FolderName, JobFolder> sorted = new TreeMap<>();
    for (JobFolder folder : folders) {
      if (sorted.put(folder.name(), folder) != null) {
        throw new IllegalArgumentException("folder '" + folder.name() + "' is there twice");
      }
    }
    return new JobTree(sorted);
  }

  /** A tree of these folders. Refuses two of the same name. */
  public static JobTree of(JobFolder... folders) {
    return of(List.of(folders));
  }

  /** All executable folders, tagged ones too, in the order of their names. */
  public Collection<JobFolder> folders() {
    return folders.values();
  }

  /** The folder of this name, if it is an executable one. */
  public Optional<JobFolder> find(FolderName name) {
    return Optional.ofNullable(folders.get(name));
  }

  /** How many executable folders there are, tagged ones too. */
  public int size() {
    return folders.size();
  }

  /**
   * This tree with the folders of another taken over.
   *
   * @param other its folders replace those of the same name, and new ones are added
   */
  public JobTree updatedBy(JobTree other) {
    TreeMap<FolderName, JobFolder> joined = new TreeMap<>(folders);
    joined.putAll(other.folders);
    return new JobTree(joined);
  }

  /**
   * This tree with the folders of another taken over, and the params of those in both joined.
   *
   * @param other its functionals replace, its params win
   */
  public JobTree mergedWith(JobTree other) {
    TreeMap<FolderName, JobFolder> joined = new TreeMap<>(folders);
    for (JobFolder theirs : other.folders()) {
      joined.merge(
          theirs.name(),
          theirs,
          (mine, its) -> {
            TreeMap<String, String> params = new TreeMap<>(mine.settings().params());
            params.putAll(its.settings().params());
            return its.with(its.settings().overriddenBy(params));
          });
    }
    return new JobTree(joined);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JobTree tree && folders.equals(tree.folders);
  }

  @Override
  public int hashCode() {
    return folders.hashCode();
  }

  @Override
  public String toString() {
    return folders.keySet().toString();
  }
}
