package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a tree is news. */
@Timeout(60)
class TreeWatchTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final List<String> notes = new ArrayList<>();
  private Path root;

  @BeforeEach
  void make(@TempDir Path directory) throws IOException {
    root = directory;
    write("a/job.yaml", "command: x");
    write("a/in.x", "x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/job.yaml",
        "b/job.json",
        "b/c/run",
        "run.sh",
        "a/.jobfold-tagged",
        "a/in.y",
        "a/in.x"
      })
  void whatDecidesWhatRunsIsNews(String file) throws Exception {
    try (TreeWatch watch = watch()) {
      String before = watch.look();
      write(file, "something else");
      assertThat(watch.await(LONG)).isTrue();
      assertThat(watch.look()).isNotEqualTo(before);
      assertThat(watch.look()).isEqualTo(watch.look());
    }
    assertThat(notes).isEmpty();
  }

  @Test
  void whatTrialsWriteIsNot() throws Exception {
    try (TreeWatch watch = watch()) {
      String before = watch.look();
      write("a/stdout", "hello");
      write("a/scratch/deep/log", "hello");
      write(".jobfold/journal.1.jsonl", "hello");
      write(".hidden/job.yaml", "hello");
      assertThat(watch.await(Duration.ofSeconds(1))).isFalse();
      assertThat(watch.look()).isEqualTo(before);
      write("a/scratch/deep/job.yaml", "command: x");
      assertThat(watch.await(LONG)).as("but they are watched").isTrue();
    }
  }

  @Test
  void directoriesThatComeGoAndMoveAreNews() throws Exception {
    try (TreeWatch watch = watch()) {
      String first = watch.look();
      Path outside = Files.createDirectory(root.resolve(".outside"));
      Files.move(root.resolve("a"), outside.resolve("a"));
      assertThat(watch.await(LONG)).isTrue();
      String second = watch.look();
      assertThat(second).isNotEqualTo(first);
      Files.move(outside.resolve("a"), root.resolve("b"));
      assertThat(watch.await(LONG)).isTrue();
      assertThat(watch.look()).isNotIn(first, second);
      String third = watch.look();
      write("b/job.yaml", "command: changed");
      assertThat(watch.await(LONG)).as("it is watched where it is now").isTrue();
      assertThat(watch.look()).isNotEqualTo(third);
    }
  }

  @Test
  void withoutAMatchOtherFilesAreNoNews() throws Exception {
    try (TreeWatch watch = TreeWatch.of(root, Optional.empty(), notes::add)) {
      String before = watch.look();
      write("a/in.y", "x");
      assertThat(watch.await(Duration.ofMillis(500))).isFalse();
      assertThat(watch.look()).isEqualTo(before);
    }
  }

  private TreeWatch watch() {
    return TreeWatch.of(root, Optional.of("in.*"), notes::add);
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
