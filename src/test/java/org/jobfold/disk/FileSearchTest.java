package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FileSearchTest {
  private final Path root;
  private final Path folder;

  FileSearchTest(@TempDir Path root) throws IOException {
    this.root = root.toRealPath();
    this.folder = Files.createDirectories(this.root.resolve("a"));
    files("a/in.1", "a/in.2", "a/.in.3", "a/data/x.dat", "a/data/deep/y.dat", "a/data/.git/z.dat");
    files("a/job/out.dat", "a/job/deep/out.dat", "common/pot", "common/in.9");
  }

  private void files(String... names) throws IOException {
    for (String name : names) {
      Files.createDirectories(root.resolve(name).getParent());
      Files.writeString(root.resolve(name), name);
    }
  }

  @Test
  void globsStandForFiles() {
    assertThat(find("in.1")).containsExactly("in.1");
    assertThat(find("./in.1", "in.1")).containsExactly("in.1");
    assertThat(find("in.*")).containsExactly("in.1", "in.2");
    assertThat(find("in.[13]", "in.{2,4}")).containsExactly("in.1", "in.2");
    assertThat(find(".in.*")).containsExactly(".in.3");
    assertThat(find("nothing*")).isEmpty();
    assertThat(find("*/x.dat")).containsExactly("data/x.dat");
    assertThat(find("../common/*")).containsExactly("../common/in.9", "../common/pot");
    assertThat(find(root + "/common/p*")).containsExactly("../common/pot");
    assertThat(find(folder + "/in.1")).containsExactly("in.1");
    assertThat(find("nothing/in.*", "in.1/x*")).isEmpty();
    FoundFiles found = search("*/deep/y.dat");
    assertThat(found.there()).containsOnlyKeys("data/deep/y.dat");
    assertThat(found.unreadable()).as("files are no directories that can not be read").isEmpty();
  }

  @Test
  void twoStarsStandForAnyNumberOfDirectories() {
    assertThat(find("**/*.dat")).containsExactly("data/deep/y.dat", "data/x.dat");
    assertThat(find("data/**/y.dat")).containsExactly("data/deep/y.dat");
    assertThat(find("**")).containsExactly("data/deep/y.dat", "data/x.dat", "in.1", "in.2");
    assertThat(find("data/**")).containsExactly("data/deep/y.dat", "data/x.dat");
  }

  @Test
  void aDirectoryStandsForAllFilesBelowIt() {
    assertThat(find("data")).containsExactly("data/deep/y.dat", "data/x.dat");
    assertThat(find("data/")).containsExactly("data/deep/y.dat", "data/x.dat");
    assertThat(find("da*")).containsExactly("data/deep/y.dat", "data/x.dat");
  }

  @Test
  void jobFoldersAndHiddenDirectoriesAreEnteredOnlyWhereTheyAreNamed() {
    assertThat(find("job/out.dat")).containsExactly("job/out.dat");
    assertThat(find("*/out.dat")).containsExactly("job/out.dat");
    assertThat(find("data/.git/*")).containsExactly("data/.git/z.dat");
    assertThat(find("**/out.dat")).isEmpty();
  }

  @Test
  void linksToFilesAreTheFilesAndLinksToDirectoriesAreEnteredOnlyWhereTheyAreNamed()
      throws IOException {
    Files.createSymbolicLink(folder.resolve("link.dat"), Path.of("in.1"));
    Files.createSymbolicLink(folder.resolve("loop"), Path.of("."));
    assertThat(find("*.dat")).containsExactly("link.dat");
    assertThat(find("**/in.1")).containsExactly("in.1");
    assertThat(find("loop/in.1")).containsExactly("loop/in.1");
  }

  @Test
  void whatIsNamedAndNotThereIsMissing() throws IOException {
    Files.createSymbolicLink(folder.resolve("nowhere.dat"), Path.of("gone"));
    assertThat(search("in.9", "in.1", "no/file", "no*", "x/*").missing())
        .containsExactly("in.9", "no/file", "nowhere.dat");
  }

  @Test
  @Timeout(10)
  void aPipeIsNeverOpened() throws Exception {
    new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor();
    assertThat(search("pipe").unreadable()).containsEntry("pipe", "it is not a file");
    assertThat(search("pi*").there()).isEmpty();
    assertThat(search("pi*").unreadable()).isEmpty();
  }

  @Test
  void aFileThatBelongsToAGlobMatchesIt() {
    for (String glob :
        List.of("in.*", "**", "**/*.dat", "data", "data/**/y.dat", "../common/*", "*/x.dat")) {
      List<String> all =
          Stream.of("in.1", "data/x.dat", "data/deep/y.dat", "../common/pot").toList();
      assertThat(all.stream().filter(Glob.of(glob)::matches))
          .as(glob)
          .isEqualTo(all.stream().filter(find(glob)::contains).toList());
    }
  }

  @Test
  void whatIsNoGlobIsRefusedWithTheReason() {
    assertThatThrownBy(() -> Glob.of("in.{a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'in.{a' is not a glob: ");
    assertThatThrownBy(() -> Glob.of("")).hasMessageStartingWith("'' names no file");
    assertThatThrownBy(() -> Glob.of("a\0b")).hasMessageContaining("can not be the name of a file");
  }

  private List<String> find(String... globs) {
    FoundFiles found = search(globs);
    assertThat(found.unreadable()).isEmpty();
    return List.copyOf(found.there().keySet());
  }

  private FoundFiles search(String... globs) {
    return FileSearch.find(
        root,
        folder,
        Stream.of(globs).map(Glob::of).toList(),
        directory -> directory.endsWith("job"),
        name -> false);
  }
}
