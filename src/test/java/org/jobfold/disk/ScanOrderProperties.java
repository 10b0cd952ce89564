package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;

/** A scan finds every folder once, in the order of their names, whatever the threads do. */
class ScanOrderProperties {
  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void allInTheOrderOfNames(@ForAll("folders") Set<String> names) throws IOException {
    Path root = Files.createTempDirectory("scan-order");
    try {
      DiskTree tree = DiskTree.in(root);
      names.forEach(name -> tree.script(name + "/run"));

      List<FolderName> found =
          tree.scan().orRefuse().folders().stream().map(JobFolder::name).toList();

      assertThat(found)
          .isEqualTo(names.stream().map(n -> new FolderName("/" + n)).sorted().toList());
    } finally {
      try (Stream<Path> all = Files.walk(root)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  @Provide
  Arbitrary<Set<String>> folders() {
    return Arbitraries.of("a", "b", "a b", "a-", "B", "\u00e9", "10", "9")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(parts -> String.join("/", parts))
        .set()
        .ofMinSize(1)
        .ofMaxSize(30);
  }
}
