package org.jobfold.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CallContextTest {
  @Test
  void paramsAsWhatTheyAre() {
    CallContext context =
        context(Map.of("name", " Si ", "n", "42", "big", "5000000000", "x", "1e-3", "on", "true"));
    assertThat(context.text("name")).isEqualTo(" Si ");
    assertThat(context.integer("n")).isEqualTo(42);
    assertThat(context.longInteger("big")).isEqualTo(5_000_000_000L);
    assertThat(context.number("x")).isEqualTo(0.001);
    assertThat(context.flag("on")).isTrue();
    assertThat(context.find("none")).isEmpty();
  }

  @Test
  void saysWhatIsWrong() {
    CallContext context = context(Map.of("n", "4.5", "on", "yes"));
    assertThatThrownBy(() -> context.text("t"))
        .hasMessage("folder '/a' has no param 't': add it to 'params' in its file");
    assertThatThrownBy(() -> context.integer("n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("param 'n' of folder '/a' is '4.5', not a whole number");
    assertThatThrownBy(() -> context.flag("on")).hasMessageContaining("not 'true' or 'false'");
  }

  @Test
  void overwriteIsAParam() {
    assertThat(context(Map.of()).overwrite()).isFalse();
    assertThat(context(Map.of("overwrite", "false")).overwrite()).isFalse();
    assertThat(context(Map.of("overwrite", "true")).overwrite()).isTrue();
  }

  private static CallContext context(Map<String, String> params) {
    return new CallContext(
        new TreeMap<>(params), Path.of("/tree/a"), "/a", 1, 1, List.of("localhost"));
  }
}
