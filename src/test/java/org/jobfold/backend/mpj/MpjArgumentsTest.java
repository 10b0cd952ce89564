package org.jobfold.backend.mpj;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jobfold.backend.mpj.MpjArguments.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What MPJ Express hands to a rank, and what only looks like it. */
class MpjArgumentsTest {
  private static final String CONF =
      "#temp line;#Number of Processes;8;#Protocol Switch Limit;131072;#Server Name;n1;#Server"
          + " Port;40002";

  @Test
  void aThreadOfOneJvm() {
    MpjArguments world = of("2", "8", "smpdev", "run", "tree").orElseThrow();
    assertThat(world.rank()).isEqualTo(2);
    assertThat(world.size()).isEqualTo(8);
    assertThat(world.device()).isEqualTo(Device.MEMORY);
    assertThat(world.isLead()).isFalse();
    assertThat(world.own()).containsExactly("run", "tree");
  }

  @Test
  void aJvmOfItsOwn() {
    MpjArguments world = of("0", CONF, "niodev", "--version").orElseThrow();
    assertThat(world.size()).isEqualTo(8);
    assertThat(world.device()).isEqualTo(Device.NETWORK);
    assertThat(world.meeting()).contains("n1");
    assertThat(world.isLead()).isTrue();
    assertThat(world.own()).containsExactly("--version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run tree smpdev",
        "0 8 tree",
        "8 8 smpdev",
        "0 8 niodev",
        "0 0 smpdev",
        "-1 8 smpdev",
        "0 8",
        "99999999999 8 smpdev"
      })
  void noWorld(String arguments) {
    assertThat(of(arguments.split(" "))).isEmpty();
  }

  @Test
  void whereMpjExpressIsNotItIsNoWorld() {
    assertThat(MpjArguments.of(new String[] {"0", "8", "smpdev"}, name -> false)).isEmpty();
  }

  private static Optional<MpjArguments> of(String... arguments) {
    return MpjArguments.of(arguments, MpjArguments.SIGN::equals);
  }
}
