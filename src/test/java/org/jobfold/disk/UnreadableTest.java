package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What may not be read is said, not passed by. Permissions do not bind root, so root scans in a
 * child JVM without the capabilities that put root above them.
 */
class UnreadableTest {
  private final Path root;
  private final DiskTree tree;

  UnreadableTest(@TempDir Path root) {
    this.root = root;
    tree = DiskTree.in(root);
  }

  /** Prints what a scan finds. Run by the tests in a child JVM. */
  static final class Child {
    private Child() {}

    /** Scans the directory that is named. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
      Scan scan = new TreeScanner(Path.of(arguments[0]), ScanOptions.standard()).scan(Map.of());
      scan.tree().folders().forEach(folder -> System.out.println(folder.name()));
      scan.problems().stream().map(Problem::text).forEach(System.out::println);
      scan.notes().stream().map(Note::text).forEach(System.out::println);
    }
  }

  @Test
  void directoriesAndFolderFiles() throws IOException, InterruptedException {
    tree.script("a/run")
        .file("b/job.yaml", "command: 'true'")
        .script("c/run")
        .script("d/run")
        .file("e/plain", "");
    permit("b/job.yaml", "---------");
    permit("c", "---------");
    permit("d", "r--r--r--");
    permit("e/plain", "---------");

    try {
      assertThat(scannedWithoutPrivileges())
          .containsExactly(
              "/a",
              root + "/b/job.yaml: can not be read: permission denied: make it readable",
              root
                  + "/c: can not be read: permission denied: make it readable, or move it out of"
                  + " the tree",
              root
                  + "/d: can not be read: permission denied: make it readable, or move it out of"
                  + " the tree");
    } finally {
      permit("c", "rwxr-xr-x");
      permit("d", "rwxr-xr-x");
    }
  }

  @Test
  void aScriptThatOnlyOthersMayExecute() throws IOException, InterruptedException {
    tree.script("a/run", "rwxr-xr-x").script("b/run", "rw-r-xr-x").script("c/run", "--x------");

    assertThat(scannedWithoutPrivileges())
        .containsExactly("/a", "/c", root + "/b/run: not executable: chmod +x it to run it");
  }

  private void permit(String name, String permissions) throws IOException {
    Files.setPosixFilePermissions(
        root.resolve(new FolderName("/" + name).relative()),
        PosixFilePermissions.fromString(permissions));
  }

  private List<String> scannedWithoutPrivileges() throws IOException, InterruptedException {
    boolean isRoot = ((Integer) Files.getAttribute(root, "unix:uid")) == 0;
    List<String> command = new ArrayList<>();
    if (isRoot) {
      command.addAll(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            root.toString()));
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines =
        new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(child.waitFor()).as("%s", lines).isZero();
    return lines;
  }
}
