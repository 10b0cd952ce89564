package org.jobfold.folder;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** The executable folders of a tree in the order of their names. Immutable. */
public final class JobTree {
  /** A tree with no executable folder. */
  public static final JobTree EMPTY = new JobTree(List.of());

  private static final Comparator<JobFolder> BY_NAME = Comparator.comparing(JobFolder::name);

  private final List<JobFolder> folders;
  private final PathTable table;

  /** A tree of folders in the order of their names, none twice. */
  private JobTree(List<JobFolder> sorted) {
    folders = Collections.unmodifiableList(sorted);
    table = new PathTable(sorted);
  }

  /** A tree of these folders. Refuses two of the same name. */
  public static JobTree of(Collection<JobFolder> folders) {
    List<JobFolder> sorted = new ArrayList<>(folders);
    // Where they come in their order, as from a scan, this takes one comparison for each.
    sorted.sort(BY_NAME);
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).name().equals(sorted.get(i - 1).name())) {
        throw new IllegalArgumentException("folder '" + sorted.get(i).name() + "' is there twice");
      }
    }
    return new JobTree(sorted);
  }

  /** A tree of these folders. Refuses two of the same name. */
  public static JobTree of(JobFolder... folders) {
    return of(List.of(folders));
  }

  /** All executable folders, tagged ones too, in the order of their names. */
  public List<JobFolder> folders() {
    return folders;
  }

  /** The folder of this name, if it is an executable one. */
  public Optional<JobFolder> find(FolderName name) {
    OptionalInt index = index(name.path());
    return index.isEmpty() ? Optional.empty() : Optional.of(folders.get(index.getAsInt()));
  }

  /** The place of the folder with this path in {@link #folders}, if there is one. */
  public OptionalInt index(String path) {
    return table.index(path);
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
    return joinedWith(other, (mine, theirs) -> theirs);
  }

  /**
   * This tree with the folders of another taken over, and the params of those in both joined.
   *
   * @param other its functionals replace, its params win
   */
  public JobTree mergedWith(JobTree other) {
    return joinedWith(
        other,
        (mine, theirs) -> {
          TreeMap<String, String> params = new TreeMap<>(mine.settings().params());
          params.putAll(theirs.settings().params());
          return theirs.with(theirs.settings().overriddenBy(params));
        });
  }

  private JobTree joinedWith(JobTree other, BinaryOperator<JobFolder> both) {
    List<JobFolder> joined = new ArrayList<>(folders);
    for (JobFolder theirs : other.folders) {
      OptionalInt mine = index(theirs.name().path());
      if (mine.isPresent()) {
        joined.set(mine.getAsInt(), both.apply(folders.get(mine.getAsInt()), theirs));
      } else {
        joined.add(theirs);
      }
    }
    joined.sort(BY_NAME);
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
    return folders.stream().map(JobFolder::name).toList().toString();
  }
}
