package org.jobfold.backend.mpj;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * MPJ Express for tests: laid out from the package libmpj-java, and the two ways to start a world.
 */
final class MpjHome {
  private final Path home;

  private MpjHome(Path home) {
    this.home = home;
  }

  /** What a world printed, and how its first rank ended. */
  record Result(int code, String output) {}

  /** Lays it out in a directory. */
  static MpjHome in(Path home) throws IOException {
    Path lib = Files.createDirectories(home.resolve("lib"));
    Files.createDirectories(home.resolve("logs"));
    Files.createSymbolicLink(home.resolve("conf"), Path.of("/etc/mpj"));
    try (Stream<Path> jars = Files.list(Path.of("/usr/share/mpj/lib"))) {
      for (Path jar : jars.toList()) {
        Files.copy(jar.toRealPath(), lib.resolve(jar.getFileName()));
      }
    }
    for (String jar : List.of("log4j-1.2", "commons-cli", "commons-io", "commons-codec")) {
      Files.copy(Path.of("/usr/share/java", jar + ".jar").toRealPath(), lib.resolve(jar + ".jar"));
    }
    return new MpjHome(home);
  }

  /** The jar that programs are compiled against. */
  Path jar() {
    return home.resolve("lib/mpj.jar");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Starts ranks that are threads, by MPJ Express's own launcher. */
  Process threads(int size, Path output, List<String> program) throws IOException {
    List<String> words = new ArrayList<>(List.of(java(), "-jar", home + "/lib/starter.jar"));
    words.addAll(List.of("-np", Integer.toString(size), "-cp", classpath()));
    words.addAll(program);
    return start(words, output);
  }

  /** Starts ranks that are a JVM each; the first is the first rank. */
  List<Process> processes(int size, Path output, List<String> program) throws IOException {
    ServerSocket meeting = new ServerSocket(0, size, InetAddress.getLoopbackAddress());
    String conf =
        "#temp line;#Number of Processes;%d;#Protocol Switch Limit;131072;#Server Name;127.0.0.1;#Server Port;%d"
            .formatted(size, meeting.getLocalPort());
    Thread host = new Thread(() -> introduce(meeting, size), "meeting");
    host.setDaemon(true);
    host.start();
    List<Process> ranks = new ArrayList<>();
    for (int rank = 0; rank < size; rank++) {
      List<String> words =
          new ArrayList<>(
              List.of(
                  java(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  jar() + File.pathSeparator + classpath(),
                  program.get(0),
                  Integer.toString(rank),
                  conf,
                  "niodev"));
      words.addAll(program.subList(1, program.size()));
      ranks.add(start(words, rank == 0 ? output : output.resolveSibling("rank" + rank)));
    }
    return ranks;
  }

  private Process start(List<String> words, Path output) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("MPJ_HOME", home.toString());
    return builder.redirectOutput(output.toFile()).start();
  }

  /** Waits for the end. */
  static Result await(Process process, Path output) throws IOException, InterruptedException {
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    assertThat(ended).as("the world ends: %s", Files.readString(output)).isTrue();
    return new Result(process.exitValue(), Files.readString(output));
  }

  /** Directories and jars of this test, without signatures that would hide the real classes. */
  private static String classpath() {
    return System.getProperty("java.class.path");
  }

  /** What MPJ Express's launcher does for ranks: each gets to know where the others listen. */
  private static void introduce(ServerSocket meeting, int size) {
    try (meeting) {
      Socket[] ranks = new Socket[size];
      String[] peers = new String[size];
      for (int seen = 0; seen < size; seen++) {
        Socket socket = meeting.accept();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        in.readUTF();
        int writePort = in.readInt();
        int readPort = in.readInt();
        int rank = in.readInt();
        ranks[rank] = socket;
        peers[rank] = "127.0.0.1@%d@%d@%d@24500".formatted(readPort, writePort, rank);
      }
      for (Socket socket : ranks) {
        new DataOutputStream(socket.getOutputStream())
            .writeUTF("#Peer Information;" + String.join(";", peers));
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
