package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Switching folders off and on. */
class TagMarkerTest {
  private final Path root;

  TagMarkerTest(@TempDir Path root) {
    this.root = root;
  }

  @Test
  void onAndOffAndAgain() throws IOException {
    DiskTree tree = DiskTree.in(root).script("a/run");
    Path folder = root.resolve("a");

    assertThat(TagMarker.isTagged(folder)).isFalse();
    TagMarker.tag(folder);
    TagMarker.tag(folder);
    assertThat(TagMarker.isTagged(folder)).isTrue();
    assertThat(tree.folder("/a").tagged()).isTrue();

    Files.move(folder, root.resolve("b"));
    assertThat(tree.folder("/b").tagged()).isTrue();

    TagMarker.untag(root.resolve("b"));
    TagMarker.untag(root.resolve("b"));
    assertThat(tree.folder("/b").tagged()).isFalse();
  }

  @Test
  void aFolderThatIsNotThere() {
    assertThatThrownBy(() -> TagMarker.tag(root.resolve("nowhere")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
