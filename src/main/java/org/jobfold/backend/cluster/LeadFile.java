package org.jobfold.backend.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jobfold.comm.Host;

/**
 * A file in the state directory that is there as long as a lead has agents. By its name, which
 * nobody could have asked for before, an agent sees that it has the same tree before it: no cache
 * of a shared file system knows it yet. And one that was left tells the next lead that another one
 * died, and on which hosts its agents may live for some seconds yet.
 *
 * <p>Whoever makes one holds the lock of the tree.
 */
final class LeadFile implements AutoCloseable {
  private static final String PREFIX = "lead-";
  private static final String HEADER = "{\"jobfold-lead\":1}";

  private final Path path;

  private LeadFile(Path path) {
    this.path = path;
  }

  /** Makes one. */
  static LeadFile make(Path root, List<Host> hosts) throws IOException {
    Path directory = Files.createDirectories(directory(root));
    Path path = directory.resolve(PREFIX + UUID.randomUUID());
    List<String> lines = new ArrayList<>(List.of(HEADER));
    hosts.forEach(host -> lines.add(host.name()));
    Files.write(path, lines, StandardCharsets.UTF_8);
    return new LeadFile(path);
  }

  /** Its name. */
  String name() {
    return String.valueOf(path.getFileName());
  }

  /** Whether one of this name is seen below a root. */
  static boolean isSeen(Path root, String name) {
    return Files.isRegularFile(directory(root).resolve(name));
  }

  /** The hosts on which dead leads had agents. */
  static Set<Host> left(Path root) throws IOException {
    Set<Host> hosts = new TreeSet<>();
    if (Files.isDirectory(directory(root))) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory(root), PREFIX + "*")) {
        for (Path file : files) {
          Files.readAllLines(file).stream()
              .filter(line -> !line.isBlank() && !line.startsWith("{"))
              .forEach(line -> hosts.add(new Host(line)));
        }
      }
    }
    return hosts;
  }

  /** Removes those of dead leads. */
  void removeOthers() throws IOException {
    remove(path.resolveSibling(""), name());
  }

  /** Removes all: there is no lead that lives. */
  static void removeAll(Path root) throws IOException {
    remove(directory(root), "");
  }

  private static void remove(Path directory, String kept) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*")) {
      for (Path file : files) {
        if (!String.valueOf(file.getFileName()).equals(kept)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static Path directory(Path root) {
    return root.resolve(".jobfold");
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
