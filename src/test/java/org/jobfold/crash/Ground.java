package org.jobfold.crash;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.folder.FolderName;

/**
 * Where a crash test happens: the tree, and beside it what its folders leave.
 *
 * @param work holds all of it
 * @param folders what each folder of the tree is
 */
record Ground(Path work, SortedMap<FolderName, Kind> folders) {
  private static final int IN_A_GROUP = 50;

  /** Makes a tree of so many folders. */
  static Ground make(Path work, int count, Random random) throws IOException {
    SortedMap<FolderName, Kind> folders = new TreeMap<>();
    Ground ground = new Ground(work, folders);
    Files.createDirectories(ground.tree());
    Files.createDirectory(work.resolve("locks"));
    Files.createFile(ground.marks());
    Path body = work.resolve("body");
    try (InputStream script = Ground.class.getResourceAsStream("/crash/body")) {
      Files.copy(script, body);
    }
    executable(body);
    for (int i = 0; i < count; i++) {
      FolderName name = new FolderName("/g" + i / IN_A_GROUP + "/f" + i);
      Kind kind = Kind.any(random);
      folders.put(name, kind);
      Path directory = Files.createDirectories(ground.directory(name));
      if (kind == Kind.UNSTARTABLE) {
        Path run = directory.resolve("run");
        Files.writeString(run, "#!/no/such/interpreter\n");
        executable(run);
      } else {
        Files.writeString(directory.resolve("job.yaml"), kind.folderFile());
      }
    }
    return ground;
  }

  Path tree() {
    return work.resolve("tree");
  }

  Path marks() {
    return work.resolve("marks");
  }

  Path state() {
    return tree().resolve(".jobfold");
  }

  Path directory(FolderName folder) {
    return tree().resolve(folder.relative());
  }

  private static void executable(Path file) {
    if (!file.toFile().setExecutable(true)) {
      throw new AssertionError(file + " can not be made executable");
    }
  }
}
