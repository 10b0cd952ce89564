package org.jobfold.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.commons.configuration2.tree.ImmutableNode;

/**
 * The formats of folder files, and the reading of them. Each thread has its own readers, which it
 * keeps; and what was read of late is not read again where the next file is the same.
 */
final class FolderFiles {
  /** Executable files that need no folder file, the first one before the second. */
  static final String RUN = "run";

  /** See {@link #RUN}. */
  static final String RUN_SH = "run.sh";

  /** What some would write for {@code job.yaml}. */
  static final String YML = "job.yml";

  private static final Map<String, Supplier<FileReader>> FORMATS =
      Map.of(
          "job.yaml", YamlReader::new,
          "job.properties", PropertiesReader::new,
          "job.json", JsonReader::new,
          "job.xml", XmlReader::new);

  private static final int REMEMBERED = 64;

  private final ThreadLocal<Memory> memory = ThreadLocal.withInitial(Memory::new);

  /** The names of folder files. */
  static Set<String> names() {
    return FORMATS.keySet();
  }

  /** Whether a scan takes this file of a folder as more than any file. */
  static boolean isRead(String file) {
    String name = file.startsWith("./") ? file.substring(2) : file;
    return FORMATS.containsKey(name)
        || name.equals(RUN)
        || name.equals(RUN_SH)
        || name.equals(YML)
        || name.equals(TagMarker.NAME);
  }

  /**
   * Reads a folder file.
   *
   * @throws SyntaxException if it is not well-formed
   */
  FolderFile read(Path file, String name, Source source, Findings findings)
      throws IOException, SyntaxException {
    return FolderFile.of(memory.get().read(name, Files.readAllBytes(file)), source, findings);
  }

  /** What one thread keeps. */
  private static final class Memory {
    private final Map<String, FileReader> readers = new HashMap<>();
    private final Map<String, Map<ByteBuffer, ImmutableNode>> recent = new HashMap<>();

    ImmutableNode read(String name, byte[] content) throws SyntaxException {
      Map<ByteBuffer, ImmutableNode> known = recent.computeIfAbsent(name, n -> new Recent());
      ByteBuffer key = ByteBuffer.wrap(content);
      ImmutableNode node = known.get(key);
      if (node == null) {
        node =
            readers
                .computeIfAbsent(name, n -> Objects.requireNonNull(FORMATS.get(n)).get())
                .read(content);
        known.put(key, node);
      }
      return node;
    }
  }

  /** Forgets the oldest. */
  private static final class Recent extends LinkedHashMap<ByteBuffer, ImmutableNode> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<ByteBuffer, ImmutableNode> eldest) {
      return size() > REMEMBERED;
    }
  }
}
