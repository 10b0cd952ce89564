package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsFileTest {
  @Test
  void whatIsWrittenIsRead() throws IOException {
    List<String> options = List.of("--command=echo \"a\"\nb", "--param=größe=1", "");
    assertThat(OptionsFile.read(OptionsFile.write(options))).isEqualTo(options);
    assertThat(OptionsFile.read(OptionsFile.write(List.of()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[1]", "[\"a\"", "[\"a\", null]", "\0\0"})
  void anythingElseIsAnError(String text) {
    assertThatThrownBy(() -> OptionsFile.read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class);
  }
}
