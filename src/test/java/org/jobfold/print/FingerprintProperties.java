package org.jobfold.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FingerprintProperties {
  /** Few letters, so that names and values often run into one another; and halves of pairs. */
  @Provide
  Arbitrary<Map<String, List<String>>> elements() {
    Arbitrary<String> text =
        Arbitraries.strings().withChars('a', 'b', '\0', '\ud800', '\udc00').ofMaxLength(3);
    return Arbitraries.maps(text, text.list().ofMaxSize(3)).ofMaxSize(3);
  }

  @Property(tries = 5000)
  void equalExactlyIfTheElementsAre(
      @ForAll("elements") Map<String, List<String>> some,
      @ForAll("elements") Map<String, List<String>> others) {
    Fingerprint one = of(some);
    Fingerprint other = of(others);
    assertThat(one.equals(other)).isEqualTo(some.equals(others));
    assertThat(one.since(other).isEmpty()).isEqualTo(some.equals(others));
    assertThat(of(some)).isEqualTo(one).hasSameHashCodeAs(one);
  }

  @Property
  void theOrderOfAddingIsOfNoAccount(
      @ForAll("elements") Map<String, List<String>> some, @ForAll long seed) {
    List<String> names = new ArrayList<>(some.keySet());
    Collections.shuffle(names, new Random(seed));
    Fingerprint.Builder builder = Fingerprint.builder();
    names.forEach(name -> builder.add(name, some.getOrDefault(name, List.of())));
    assertThat(builder.build()).isEqualTo(of(some));
  }

  @Property
  void theDifferenceNamesWhatDiffers(
      @ForAll("elements") Map<String, List<String>> some,
      @ForAll("elements") Map<String, List<String>> others) {
    Fingerprint.Difference difference = of(some).since(of(others));
    SortedSet<String> updated = new TreeSet<>(some.keySet());
    updated.removeIf(name -> !others.containsKey(name) || others.get(name).equals(some.get(name)));
    SortedSet<String> added = new TreeSet<>(some.keySet());
    added.removeAll(others.keySet());
    SortedSet<String> obsolete = new TreeSet<>(others.keySet());
    obsolete.removeAll(some.keySet());
    assertThat(difference).isEqualTo(new Fingerprint.Difference(updated, added, obsolete));
  }

  private static Fingerprint of(Map<String, List<String>> elements) {
    Fingerprint.Builder builder = Fingerprint.builder();
    elements.forEach(builder::add);
    return builder.build();
  }
}
