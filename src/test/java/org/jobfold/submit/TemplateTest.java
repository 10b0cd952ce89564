package org.jobfold.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jobfold.folder.ShellWords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TemplateTest {
  private static final String SAME = "# -- nothing to edit below";

  @ParameterizedTest
  @EnumSource
  void itsLinesGiveWayToWhatIsAskedForAndTheRestStays(Template template) {
    String filled =
        template.filled(
            Resources.NONE.with("job-name", "a b").with("exclusive", ""),
            Map.of("tree", "'/my tree'", "options", "(--nbpools 2)", "again", "no"));
    assertThat(filled.lines().filter(line -> line.startsWith("#SBATCH")))
        .containsExactly("#SBATCH \"--job-name=a b\"", "#SBATCH --exclusive");
    assertThat(filled).contains("\ntree='/my tree'\noptions=".replace("\noptions=", "\n"));
    assertThat(filled).contains("\noptions=(--nbpools 2)\n").contains("\nagain=no\n");
    assertThat(filled).doesNotContain("On its own");
    assertThat(filled.substring(filled.indexOf(SAME)))
        .isEqualTo(template.text().substring(template.text().indexOf(SAME)));
  }

  @Test
  void allScriptsGoOnInTheSameWay() throws IOException {
    List<String> blocks = new ArrayList<>();
    try (DirectoryStream<Path> scripts = Files.newDirectoryStream(Path.of("slurm"), "*.sbatch")) {
      for (Path script : scripts) {
        String text = Files.readString(script);
        blocks.add(text.substring(text.indexOf(SAME)));
      }
    }
    assertThat(blocks).hasSizeGreaterThan(Template.values().length);
    assertThat(Set.copyOf(blocks)).hasSize(1);
  }

  @Test
  void theyAreTheFilesThatPeopleEdit() throws IOException {
    assertThat(Template.ONE_NODE.text())
        .isEqualTo(Files.readString(Path.of("slurm", "one-node.sbatch")));
  }

  @Test
  void aValueWithoutAPlaceIsAnError() {
    assertThatThrownBy(() -> Template.PARTS.filled(Resources.NONE, Map.of("tre", "x")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void wordsAreQuotedForAShell() {
    assertThat(ShellWords.line(List.of("--param=who=O'Hara", "", "a b", "--x=1")))
        .isEqualTo("'--param=who=O'\\''Hara' '' 'a b' --x=1");
  }
}
