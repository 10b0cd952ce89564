package org.jobfold.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A program for tests that need a member in another JVM: reads the port of the lead and the secret
 * from standard input, joins, prints what it is told, and ends: with 0 when it has left, with 3
 * when it is lost.
 */
final class MemberProgram {
  private MemberProgram() {}

  static Process start(LeadPort port, Secret secret) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            MemberProgram.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process
        .outputWriter(StandardCharsets.UTF_8)
        .append(port.address().getPort() + "\n" + secret.hex() + "\n")
        .flush();
    return process;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int port = Integer.parseInt(in.readLine());
    Secret secret = Secret.of(in.readLine());
    Recorder recorder = new Recorder();
    MemberPort.join(
        StarTest.loopback(port),
        secret,
        Lease.DEFAULT,
        Recorder.bytes("child"),
        Duration.ofSeconds(30),
        recorder);
    List<String> words = List.of();
    while (words.stream().noneMatch(Recorder::isEnd)) {
      int before = words.size();
      words = recorder.awaitHoweverLong(all -> all.size() > before);
      words.subList(before, words.size()).forEach(System.out::println);
    }
    System.exit(words.contains("left") ? 0 : 3);
  }
}
