package org.jobfold.backend.mpj.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ControlLinesTest {
  private final ByteArrayOutputStream people = new ByteArrayOutputStream();
  private final List<String> control = new ArrayList<>();

  @Test
  void linesToTheStarterAreTakenOutAnywhere() throws IOException {
    read("progress 1\r\1key ended 0 7\nprogress 2\1key ready\n", Integer.MAX_VALUE);

    assertThat(control).containsExactly("ended 0 7", "ready");
    assertThat(people).hasToString("progress 1\rprogress 2");
  }

  @Test
  void whatOnlyBeginsLikeOneIsForPeople() throws IOException {
    read("a\1b\1ke\1\1key ready\n\1kex\1ke", Integer.MAX_VALUE);

    assertThat(control).containsExactly("ready");
    assertThat(people).hasToString("a\1b\1ke\1\1kex\1ke");
  }

  @Property
  void howItComesInPiecesMakesNoDifference(
      @ForAll @StringLength(max = 60) @CharRange(from = 'a', to = 'c') String text,
      @ForAll @IntRange(min = 1, max = 7) int piece)
      throws IOException {
    people.reset();
    control.clear();

    read(text + "\1key " + text + "\n" + text, piece);

    assertThat(control).containsExactly(text);
    assertThat(people).hasToString(text + text);
  }

  private void read(String text, int piece) throws IOException {
    InputStream whole = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    new ControlLines("key", people, control::add)
        .read(
            new InputStream() {
              @Override
              public int read() throws IOException {
                return whole.read();
              }

              @Override
              public int read(byte[] bytes, int offset, int length) throws IOException {
                return whole.read(bytes, offset, Math.min(length, piece));
              }
            });
  }
}
