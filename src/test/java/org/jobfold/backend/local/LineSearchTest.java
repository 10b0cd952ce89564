package org.jobfold.backend.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineSearchTest {
  @TempDir private static Path directory = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "one;two, two, true",
    "one;two, ^one$, true",
    "one;two, one.two, false",
    "one;two, (?s)one.two, false",
    "one;two, '^$', false",
    "one;;two, '^$', true",
    "'', x, false",
    "'', '', false",
    "crlf\r;x, ^crlf$, true",
    "last, ^last$, true",
    "last;, ^last$, true",
    "Å and µ, ^Å.*µ$, true",
  })
  void looksAtEachLine(String text, String pattern, boolean found) throws IOException {
    assertThat(finds(pattern, text.replace(';', '\n'))).isEqualTo(found);
  }

  @Test
  void bytesThatAreNoTextAreNoTrouble() throws IOException {
    Path file = directory.resolve("bytes");
    Files.write(file, "\u00ff\u00fe\0 energy = 1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(LineSearch.finds(Pattern.compile("energy = \\d$"), file)).isTrue();
  }

  @Test
  void findsWhateverTheLengthsOfLinesAreAndWhereverTheBufferEnds() throws IOException {
    for (int length : new int[] {65_530, 65_535, 65_536, 65_537, 131_072, 1 << 20, 3_000_000}) {
      String line = "x".repeat(length);
      assertThat(finds("^wanted$", line + "\nwanted\n" + line)).as("after %s", length).isTrue();
      assertThat(finds("wanted$", line + "wanted\n")).as("at the end of %s", length).isTrue();
      assertThat(finds("wanted$", line + "wanted")).as("at the very end of %s", length).isTrue();
      assertThat(finds("^wanted", "wanted" + line)).as("at the start of %s", length).isTrue();
      assertThat(finds("xwantedx", line + "wanted" + line)).as("inside %s", length).isTrue();
      assertThat(finds("^wanted|wanted$", line + "wanted" + line)).as("%s", length).isFalse();
      assertThat(finds("^x{9}$", line)).as("%s", length).isFalse();
      assertThat(finds("^$", line + "\n" + line)).as("%s", length).isFalse();
    }
  }

  @Test
  void aMatchAcrossTheEndOfAPieceIsFound() throws IOException {
    int piece = 1 << 20;
    for (int at = piece - 8; at <= piece + 2; at++) {
      String text = "x".repeat(at) + "wanted" + "y".repeat(piece);
      assertThat(finds("xwantedy", text)).as("at %s", at).isTrue();
    }
  }

  @Test
  void aHugeFileNeedsLittleMemory() throws IOException {
    Path file = directory.resolve("huge");
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      String line = "0".repeat(8191) + "\n";
      for (int i = 0; i < 4096; i++) {
        writer.write(i % 1024 == 0 ? line : line.replace('\n', '1'));
      }
      writer.write("\nTotal wall time: 0:00:01\n");
    }
    assertThat(LineSearch.finds(Pattern.compile("^Total wall time"), file)).isTrue();
  }

  private static boolean finds(String pattern, String text) throws IOException {
    Path file = directory.resolve("text");
    Files.writeString(file, text);
    return LineSearch.finds(Pattern.compile(pattern), file);
  }
}
