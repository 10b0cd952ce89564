package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Problem;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  @Test
  void thoseThatSayTheSameAreOneLineWithTheirPlaces() {
    assertThat(
            Problems.lines(
                List.of(
                    new Problem("a", 1, "is wrong"),
                    Problem.of("b", "is other"),
                    new Problem("c", 3, "is wrong"),
                    Problem.of("d", "is wrong"))))
        .containsExactly("a:1: is wrong (and 2 more: c:3, d)", "b: is other");
  }

  @Test
  void foldersAreCountedAsSuchAndFewAreNamed() {
    assertThat(Problems.lines(List.of(folder("/a")))).containsExactly("folder '/a': is wide");
    assertThat(Problems.lines(List.of(folder("/a"), folder("/b"))))
        .containsExactly("folder '/a': is wide (and 1 more folder: /b)");
    assertThat(
            Problems.lines(
                Stream.of("/a", "/b", "/c\n", "/d", "/e", "/f", "/g")
                    .map(ProblemsTest::folder)
                    .toList()))
        .containsExactly("folder '/a': is wide (and 6 more folders: /b, /c\\n, /d, /e, /f, ...)");
  }

  @Test
  void oneThatIsToldTwiceIsOne() {
    assertThat(Problems.lines(List.of(folder("/a"), folder("/a"))))
        .containsExactly("folder '/a': is wide");
  }

  private static Problem folder(String name) {
    return Problem.of(new FolderName(name), "is wide");
  }
}
