package org.jobfold.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members in JVMs of their own, which are stopped and killed. */
@Timeout(120)
class MemberProcessTest {
  private final Secret secret = Secret.random();
  private final Recorder lead = new Recorder();
  private LeadPort port;
  private Process member;

  @BeforeEach
  void open() throws IOException {
    port = LeadPort.open(StarTest.loopback(0), secret, Lease.DEFAULT, lead);
    member = MemberProgram.start(port, secret);
    // Before the lead has spoken, a member that is stopped would join once more.
    lead.peer(0).send(Recorder.bytes("begin"));
    assertThat(line()).isEqualTo("received begin");
  }

  @AfterEach
  void close() throws InterruptedException {
    port.close();
    member.destroyForcibly().waitFor();
  }

  @Test
  void aMemberThatIsStoppedIsNoticedWithinTheLeaseAndEndsWhenItGoesOn() throws Exception {
    signal("STOP");
    long begin = System.nanoTime();
    lead.peer(0).send(Recorder.bytes("start a folder"));
    assertThat(lead.awaitEnd())
        .containsExactly("joined child", "lost: nothing was heard of it for 4.0 s");
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(9));
    signal("CONT");
    assertThat(member.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(member.exitValue()).isEqualTo(3);
    assertThat(printed()).startsWith("lost: ").doesNotContain("start a folder");
  }

  @Test
  void aMemberThatIsKilledIsLostAtOnce() throws Exception {
    long begin = System.nanoTime();
    member.destroyForcibly();
    assertThat(lead.awaitEnd()).hasSize(2).last().asString().startsWith("lost: the connection");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void aMemberThatIsStoppedForAMomentGoesOn() throws Exception {
    signal("STOP");
    lead.peer(0).send(Recorder.bytes("start a folder"));
    signal("CONT");
    lead.peer(0).close();
    assertThat(member.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(member.exitValue()).isZero();
    assertThat(printed()).isEqualTo("received start a folder\nleft\n");
    assertThat(lead.awaitEnd()).containsExactly("joined child", "left");
  }

  private void signal(String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, "" + member.pid()).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  /** A line that it prints, and nothing behind it. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int next = member.getInputStream().read();
    while (next != '\n' && next != -1) {
      line.append((char) next);
      next = member.getInputStream().read();
    }
    return line.toString();
  }

  private String printed() throws IOException {
    return new String(member.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
