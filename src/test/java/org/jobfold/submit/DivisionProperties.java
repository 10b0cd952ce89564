package org.jobfold.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Settings;
import org.jobfold.graph.FolderGraph;

class DivisionProperties {
  private static JobTree tree(int size, long seed) {
    Random random = new Random(seed);
    List<JobFolder> folders = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      JobFolder folder =
          JobFolder.shell("/f" + i, "true").with(Settings.DEFAULT.withRanks(1 + random.nextInt(4)));
      if (i > 0 && random.nextInt(3) == 0) {
        folder = folder.dependingOn(Dependency.on("/f" + random.nextInt(i)));
      }
      folders.add(folder);
    }
    return JobTree.of(folders);
  }

  @Property(tries = 200)
  void eachFolderIsInOnePartAndNoneWaitsForAnother(
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll @IntRange(min = 1, max = 10) int most,
      @ForAll long seed) {
    JobTree tree = tree(size, seed);
    List<Part> parts =
        Division.grouped(Division.smallest(tree, folder -> !folder.tagged(), 1), most);
    assertThat(parts).hasSizeBetween(1, most);
    Map<FolderName, Integer> where = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      for (FolderName name : parts.get(i).folders()) {
        assertThat(where.put(name, i)).as("%s is in one part", name).isNull();
        assertThat(tree.find(name).orElseThrow().settings().ranks().orElse(1))
            .isLessThanOrEqualTo(parts.get(i).width().tasks(1));
      }
    }
    assertThat(where).hasSize(size);
    FolderGraph graph = FolderGraph.of(tree);
    for (int i = 0; i < graph.size(); i++) {
      for (int k = 0; k < graph.predecessorCount(i); k++) {
        assertThat(where.get(graph.folder(graph.predecessor(i, k)).name()))
            .isEqualTo(where.get(graph.folder(i).name()));
      }
    }
  }
}
