package org.jobfold.backend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierOutputTest {
  private Path folder;

  @BeforeEach
  void folder(@TempDir Path directory) {
    folder = directory;
  }

  @Test
  void movesBothToTheFirstNumberThatNeitherHas() throws Exception {
    write("stdout", "out");
    write("stderr", "err");
    write("stdout.1", "earlier");
    write("stderr.2", "mine");
    EarlierOutput.keep(streams("stdout", "stderr"));
    assertThat(names()).containsExactly("stderr.2", "stderr.3", "stdout.1", "stdout.3");
    assertThat(folder.resolve("stdout.3")).hasContent("out");
    assertThat(folder.resolve("stderr.3")).hasContent("err");
    assertThat(folder.resolve("stderr.2")).hasContent("mine");
    assertThat(folder.resolve("stdout.1")).hasContent("earlier");
  }

  @Test
  void oneOfTheTwo() throws Exception {
    write("stderr", "err");
    EarlierOutput.keep(streams("stdout", "stderr"));
    assertThat(names()).containsExactly("stderr.1");
  }

  @Test
  void bothInOneFileAndInADirectory() throws Exception {
    Files.createDirectory(folder.resolve("out"));
    write("out/log", "text");
    EarlierOutput.keep(streams("out/log", "out/log"));
    assertThat(folder.resolve("out/log.1")).hasContent("text");
    assertThat(folder.resolve("out/log")).doesNotExist();
  }

  @Test
  void aLinkIsMovedNotWhatItPointsTo() throws Exception {
    write("precious", "text");
    Files.createSymbolicLink(folder.resolve("stdout"), Path.of("precious"));
    EarlierOutput.keep(streams("stdout", "stderr"));
    assertThat(names()).containsExactly("precious", "stdout.1");
    assertThat(folder.resolve("stdout.1")).isSymbolicLink().hasContent("text");
  }

  @Test
  void refusesToMoveWhatIsNoFile() throws IOException {
    Files.createDirectory(folder.resolve("stdout"));
    write("stderr", "err");
    assertThatThrownBy(() -> EarlierOutput.keep(streams("stdout", "stderr")))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("no regular file");
    assertThatThrownBy(() -> EarlierOutput.keep(streams("/dev/null", "stderr")))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("'/dev/null'");
    assertThat(Path.of("/dev/null")).exists();
    assertThat(names()).containsExactly("stderr", "stdout");
  }

  private Streams streams(String out, String err) {
    return new Streams(folder, Optional.empty(), out, err);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList().stream();
    }
  }
}
