package org.jobfold.backend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jobfold.spi.Orders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineFilesTest {
  @Test
  void oneForEachSlotWithALineForEachRank(@TempDir Path root) throws IOException {
    MachineFiles files = new MachineFiles(root.resolve(".jobfold/machines"));
    Path zero = files.file(0, Orders.ranks("node1", 2));
    Path three = files.file(3, Orders.ranks("node2", 1));
    assertThat(zero).hasFileName("slot-0").hasContent("node1\nnode1\n");
    assertThat(three).hasFileName("slot-3").hasContent("node2\n");
    files.remove();
    assertThat(root.resolve(".jobfold/machines")).doesNotExist();
  }

  @Test
  void writtenAgainOnlyWhenTheTextChanges(@TempDir Path root) throws IOException {
    MachineFiles files = new MachineFiles(root.resolve(".jobfold/machines"));
    Path file = files.file(0, Orders.ranks("node1", 1));
    Files.writeString(file, "left alone");
    assertThat(files.file(0, Orders.ranks("node1", 1))).hasContent("left alone");
    assertThat(files.file(0, Orders.ranks("node2", 1))).hasContent("node2");
  }

  @Test
  void theTreeIsNotMade(@TempDir Path directory) {
    Path root = directory.resolve("gone");
    MachineFiles files = new MachineFiles(root.resolve(".jobfold/machines"));
    assertThatThrownBy(() -> files.file(0, Orders.ranks("node1", 1)))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(root).doesNotExist();
  }

  @Test
  void filesOfOthersStay(@TempDir Path root) throws IOException {
    MachineFiles files = new MachineFiles(root.resolve(".jobfold/machines"));
    files.file(0, Orders.ranks("node1", 1));
    Path other = Files.createFile(root.resolve(".jobfold/machines/slot-7"));
    files.remove();
    assertThat(other).exists();
  }
}
