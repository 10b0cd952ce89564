package org.jobfold.backend.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailTest {
  private Path folder;
  private Streams streams;

  @BeforeEach
  void folder(@TempDir Path directory) {
    folder = directory;
    streams = new Streams(folder, Optional.empty(), "out", "err");
  }

  @Test
  void lastFiveLinesOfStandardError() throws IOException {
    write("out", "something");
    write("err", "1\n2\n3\n\n  4\n5\n6  \n\n");
    assertThat(Tail.of(streams)).isEqualTo(new Tail("err", List.of("2", "3", "  4", "5", "6")));
  }

  @Test
  void standardOutputWhereThereAreNoErrors() throws IOException {
    write("out", " %%%\n     Error in routine readpp (1):\n %%%\n\n     stopping ...\n");
    write("err", " \n\n");
    assertThat(Tail.of(streams))
        .isEqualTo(
            new Tail(
                "out",
                List.of(" %%%", "     Error in routine readpp (1):", " %%%", "     stopping ...")));
  }

  @Test
  void nothingThere() throws IOException {
    assertThat(Tail.of(streams)).isEqualTo(Tail.NONE);
    write("out", "");
    assertThat(Tail.of(streams)).isEqualTo(Tail.NONE);
  }

  @Test
  void noControlCharactersNorColours() throws IOException {
    write("err", "10%\r50%\rcol\tumn \u001b[1;31mred\u001b[0m b\u0007ell\u009b\u0000");
    assertThat(Tail.of(streams).lines()).containsExactly("10%", "50%", "col\tumn red bell");
  }

  @Test
  void bytesThatAreNoTextAreReplaced() throws IOException {
    Files.write(folder.resolve("err"), new byte[] {'a', (byte) 0xff, 'b'});
    assertThat(Tail.of(streams).lines()).containsExactly("a\ufffdb");
  }

  @Test
  void onlyTheEndOfALongFileIsRead() throws IOException {
    write("err", "x".repeat(10_000) + "\nlast\n");
    assertThat(Tail.of(streams).lines()).containsExactly("last");
    write("err", "x".repeat(10_000));
    assertThat(Tail.of(streams).lines()).containsExactly("x".repeat(4096));
    write("err", ("é".repeat(50) + "\n").repeat(1000));
    assertThat(Tail.of(streams).lines()).hasSize(5).containsOnly("é".repeat(50));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }
}
