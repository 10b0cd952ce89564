package org.jobfold.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void isTheSameFromItsText() {
    Secret secret = Secret.random();
    assertThat(secret.hex()).matches("[0-9a-f]{64}");
    assertThat(Secret.of(secret.hex())).isEqualTo(secret).isNotEqualTo(Secret.random());
  }

  @Test
  void doesNotShowItself() {
    Secret secret = Secret.random();
    assertThat(secret.toString()).isEqualTo("secret");
    String bad = secret.hex().substring(1) + "x";
    assertThatThrownBy(() -> Secret.of(bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the secret is 64 characters that are not 64 hexadecimal digits");
  }
}
