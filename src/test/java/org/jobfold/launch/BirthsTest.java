package org.jobfold.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which children a process may have left, by what kernels say. */
class BirthsTest {
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final Memory memory = new Memory(1024);
  private Path file = Path.of("/");

  @BeforeEach
  void findFile(@TempDir Path directory) {
    file = directory.resolve("file");
  }

  @Test
  void childrenOfTheFirstThread() throws IOException {
    Files.writeString(file, "12 4711 30000 ");
    assertThat(children(file, MOMENT)).containsExactly(12, 4711, 30000);
  }

  @Test
  void noChildrenOfTheFirstThread() throws IOException {
    Files.writeString(file, "");
    assertThat(children(file, Duration.ofHours(1))).isEmpty();
  }

  @Test
  void moreChildrenThanAreReadAtOnce() throws IOException {
    Files.writeString(file, "4711 ".repeat(200));
    assertThat(children(file, MOMENT)).isSameAs(Births.UNKNOWN);
  }

  @Test
  void idsGivenSince() throws IOException {
    assertThat(since("0.10 0.20 0.30 1/100 1003\n", 1000, MOMENT))
        .containsExactly(1001, 1002, 1003);
    assertThat(since("0.10 0.20 0.30 1/100 1000\n", 1000, MOMENT)).isEmpty();
  }

  @Test
  void idsThatMayHaveBegunAnew() throws IOException {
    assertThat(since("0.10 0.20 0.30 1/100 300\n", 32000, MOMENT)).isSameAs(Births.UNKNOWN);
    assertThat(since("0.10 0.20 0.30 1/100 1001\n", 1000, Duration.ofSeconds(1)))
        .isSameAs(Births.UNKNOWN);
  }

  @Test
  void whatCanNotBeUnderstood() throws IOException {
    assertThat(since("", 1000, MOMENT)).isSameAs(Births.UNKNOWN);
    assertThat(since("none of it\n", 1000, MOMENT)).isSameAs(Births.UNKNOWN);
    assertThat(new Births("", "").childrenSince(1000, 0, memory)).isSameAs(Births.UNKNOWN);
  }

  private int[] children(Path children, Duration age) {
    return new Births(children.toString(), "").childrenSince(1000, age.toNanos(), memory);
  }

  private int[] since(String loadAverage, int pid, Duration age) throws IOException {
    Files.writeString(file, loadAverage);
    return new Births("", file.toString()).childrenSince(pid, age.toNanos(), memory);
  }
}
