package org.jobfold.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final Digest HELLO = digest("hello\n");

  @Test
  void namesAndValuesDoNotRunIntoOneAnother() {
    assertThat(Fingerprint.builder().add("a", "bc").build())
        .isNotEqualTo(Fingerprint.builder().add("ab", "c").build());
    assertThat(Fingerprint.builder().add("a", List.of("b", "c")).build())
        .isNotEqualTo(Fingerprint.builder().add("a", List.of("bc")).build());
    assertThat(Fingerprint.builder().add("a", "b").add("c", "d").build())
        .isNotEqualTo(Fingerprint.builder().add("a", "bcd").build());
    assertThat(Fingerprint.builder().build())
        .isNotEqualTo(Fingerprint.builder().add("", "").build());
  }

  @Test
  void aTextIsNotTheContentOfThatDigest() {
    Digest ofText = digest("\0\0\0\u0001\0\0\0\u0001\0a");
    assertThat(Fingerprint.builder().add("x", "a").build().marks())
        .isEqualTo(Fingerprint.builder().add("x", ofText).build().marks());
    assertThat(Fingerprint.builder().add("x", "a").build())
        .isNotEqualTo(Fingerprint.builder().add("x", ofText).build());
  }

  /** Computed by {@code src/test/resources/fingerprints/vectors.py}, not by this program. */
  @Test
  void theVectorsOfTheFormatPage() {
    assertThat(Fingerprint.builder().build().checksum())
        .hasToString("cbbc48750debb8535093b3deaf88ac7f4cff87425576a58de2bac754acdb4616");
    Fingerprint some =
        Fingerprint.builder()
            .add("params a", "300")
            .add("steps", List.of("relax", "s\u00fc\u00df"))
            .add("input in.melt", HELLO)
            .build();
    assertThat(some.checksum())
        .hasToString("ccc895bb1b97d828088e8e1409b5c5c3d802134efde4337557c4cc2668b00b0c");
    assertThat(some)
        .hasToString(
            """
            input in.melt: 5891b5b522d5df08
            params a: fc45f8b558d8180f
            steps: d8321042279e34b0
            """);
  }

  @Test
  void aDigestIsThatOfSha256sum() {
    assertThat(HELLO)
        .hasToString("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03");
    assertThat(Digest.parse(HELLO.toString())).isEqualTo(HELLO);
    assertThatThrownBy(() -> Digest.parse("5891")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Digest.parse("xyz")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anElementIsNotWrittenOver() {
    assertThatThrownBy(() -> Fingerprint.builder().add("a", "b").add("a", "c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the element 'a' is there already");
  }

  private static Digest digest(String text) {
    return Digest.of(Sha256.create().digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
