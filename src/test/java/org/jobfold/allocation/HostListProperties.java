package org.jobfold.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class HostListProperties {
  @Property
  void aRangeIsItsNumbersWithItsZeros(
      @ForAll @IntRange(max = 2000) int first,
      @ForAll @IntRange(max = 200) int more,
      @ForAll @IntRange(min = 1, max = 6) int width) {
    String form = "%0" + width + "d";
    List<String> names =
        IntStream.rangeClosed(first, first + more).mapToObj(i -> "n" + form.formatted(i)).toList();
    assertThat(HostList.names("n[" + form.formatted(first) + "-" + (first + more) + "]"))
        .isEqualTo(names);
  }

  @Property
  void bracketsMultiply(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 6) Integer> sizes) {
    StringBuilder text = new StringBuilder("n");
    int product = 1;
    for (int size : sizes) {
      text.append("-[1-").append(size).append(']');
      product *= size;
    }
    assertThat(HostList.names(text.toString())).hasSize(product).doesNotHaveDuplicates();
  }

  @Property
  void whateverItIsItIsReadOrRefused(
      @ForAll
          @StringLength(max = 30)
          @CharRange(from = '+', to = '9')
          @CharRange(from = '[', to = ']')
          String text) {
    try {
      assertThat(HostList.names(text)).isNotEmpty().noneMatch(String::isBlank);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageContaining("is no list of hosts: ");
    }
  }
}
