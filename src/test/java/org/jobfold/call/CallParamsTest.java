package org.jobfold.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CallParamsTest {
  @Property
  void whatIsSaidArrives(@ForAll Map<String, String> params) {
    String text = CallParams.text(params);
    assertThat(CallParams.of(text)).isEqualTo(params);
    assertThat(text.chars()).allMatch(c -> c < 128 && c != 0);
  }

  @Example
  void oneLineForEachInOrder() {
    assertThat(CallParams.text(Map.of("k points", "4=4", "#a", "ü")))
        .isEqualTo("\\#a=\\u00FC\nk\\ points=4\\=4");
    assertThat(CallParams.text(Map.of())).isEmpty();
  }
}
