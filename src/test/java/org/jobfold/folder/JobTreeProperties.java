package org.jobfold.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A tree is a sorted map from names to folders. */
class JobTreeProperties {
  @Property
  void findsWhatASortedMapFinds(
      @ForAll("paths") Set<String> paths, @ForAll("paths") Set<String> asked) {
    JobTree tree = tree(paths, "true");
    SortedMap<FolderName, JobFolder> map = map(tree.folders());
    assertThat(tree.folders()).containsExactlyElementsOf(map.values());
    for (String path : asked) {
      FolderName name = new FolderName(path);
      assertThat(tree.find(name).stream().toList())
          .isEqualTo(map.containsKey(name) ? List.of(map.get(name)) : List.of());
    }
    for (String path : paths) {
      int index = tree.index(path).orElseThrow();
      assertThat(tree.folders().get(index).name().path()).isEqualTo(path);
    }
  }

  @Property
  void theNewerTreeReplacesAndAdds(
      @ForAll("paths") Set<String> before, @ForAll("paths") Set<String> after) {
    JobTree old = tree(before, "old");
    JobTree newer = tree(after, "new");
    SortedMap<FolderName, JobFolder> map = map(old.folders());
    map.putAll(map(newer.folders()));
    assertThat(old.updatedBy(newer)).isEqualTo(JobTree.of(map.values()));
    assertThat(old.mergedWith(newer).folders())
        .extracting(JobFolder::name)
        .containsExactlyElementsOf(map.keySet());
  }

  @Example
  void refusesANameThatComesTwice() {
    List<JobFolder> folders = new ArrayList<>();
    for (String name : List.of("/b", "/a", "/b")) {
      folders.add(JobFolder.shell(name, "true"));
    }
    assertThatThrownBy(() -> JobTree.of(folders)).hasMessage("folder '/b' is there twice");
  }

  private static JobTree tree(Set<String> paths, String line) {
    return JobTree.of(paths.stream().map(path -> JobFolder.shell(path, line)).toList());
  }

  private static SortedMap<FolderName, JobFolder> map(Collection<JobFolder> folders) {
    TreeMap<FolderName, JobFolder> map = new TreeMap<>();
    folders.forEach(folder -> map.put(folder.name(), folder));
    return map;
  }

  /** Many of them have the same hash code: that of {@code Aa} is that of {@code BB}. */
  @Provide
  Arbitrary<Set<String>> paths() {
    return Arbitraries.of("Aa", "BB", "a-b", "a", "a b", "0")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(parts -> "/" + String.join("/", parts))
        .set()
        .ofMaxSize(40);
  }
}
