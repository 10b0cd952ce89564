package org.jobfold.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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

  private static final String YAML = "job.yaml";
  private static final String PROPERTIES = "job.properties";
  private static final String JSON = "job.json";
  private static final String XML = "job.xml";

  private static final Set<String> SETTINGS =
      Set.of(YAML, PROPERTIES, JSON, XML, YML, RunFile.NAME);
  private static final Set<String> READ =
      Set.of(YAML, PROPERTIES, JSON, XML, YML, RUN, RUN_SH, TagMarker.NAME, RunFile.NAME);

  private static final int REMEMBERED = 64;

  private final Keys keys;
  private final ThreadLocal<Memory> memory = ThreadLocal.withInitial(Memory::new);

  FolderFiles(Keys keys) {
    this.keys = keys;
  }

  /** Whether a file is named like a folder file, or that of the run. */
  static boolean isSettings(String file) {
    return SETTINGS.contains(file);
  }

  /** Whether a scan takes this file of a folder as more than any file. */
  static boolean isRead(String file) {
    return READ.contains(file.startsWith("./") ? file.substring(2) : file);
  }

  /**
   * Reads a folder file.
   *
   * @throws SyntaxException if it is not well-formed
   */
  FolderFile read(Path file, String name, Source source, Findings findings)
      throws IOException, SyntaxException {
    return memory.get().read(name, Files.readAllBytes(file), keys, source, findings);
  }

  private static FileReader reader(String name) {
    return switch (name) {
      case YAML -> new YamlReader();
      case PROPERTIES -> new PropertiesReader();
      case JSON -> new JsonReader();
      case XML -> new XmlReader();
      default -> throw new IllegalArgumentException("'" + name + "' is not a folder file");
    };
  }

  /** What one thread keeps. */
  private static final class Memory {
    private final Map<String, FileReader> readers = new HashMap<>();
    private final Map<String, Map<ByteBuffer, FolderFile>> recent = new HashMap<>();

    FolderFile read(String name, byte[] content, Keys keys, Source source, Findings findings)
        throws SyntaxException {
      Map<ByteBuffer, FolderFile> known = recent.computeIfAbsent(name, n -> new Recent());
      ByteBuffer key = ByteBuffer.wrap(content);
      FolderFile same = known.get(key);
      if (same != null) {
        return same.in(source);
      }
      ImmutableNode root = readers.computeIfAbsent(name, FolderFiles::reader).read(content);
      FolderFile file = FolderFile.of(root, keys, source, findings);
      if (file.whole()) {
        known.put(key, file);
      }
      return file;
    }
  }

  /** Forgets the oldest. */
  private static final class Recent extends LinkedHashMap<ByteBuffer, FolderFile> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<ByteBuffer, FolderFile> eldest) {
      return size() > REMEMBERED;
    }
  }
}
