package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jobfold.print.Fingerprint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintFileTest {
  private static final Fingerprint SOME =
      Fingerprint.builder().add("a", "1").add("\ud83d\ude00 \"x\"", "\ud800").build();

  private final Path root;
  private final Path file;
  private final List<String> notes = new ArrayList<>();

  FingerprintFileTest(@TempDir Path root) {
    this.root = root;
    this.file = root.resolve("print.json");
  }

  @Test
  void whatIsSavedIsLoaded() {
    FingerprintFile.save(Fingerprint.builder().build(), file);
    FingerprintFile.save(SOME, file);
    assertThat(FingerprintFile.load(file, notes::add)).contains(SOME);
    assertThat(FingerprintFile.load(file, notes::add).orElseThrow().marks())
        .isEqualTo(SOME.marks());
    assertThat(root.toFile().list()).containsExactly("print.json");
    assertThat(notes).isEmpty();
  }

  @Test
  void whatIsNotThereIsNone() {
    assertThat(FingerprintFile.load(file, notes::add)).isEmpty();
    assertThat(notes).isEmpty();
  }

  @Test
  void whatIsDamagedIsNoneAndSaid() throws IOException {
    FingerprintFile.save(SOME, file);
    String whole = Files.readString(file);
    List<String> damaged = new ArrayList<>(List.of("", "\n", "{}\n", "[]\n", "hello", whole + "x"));
    for (int i = 0; i < whole.length(); i++) {
      damaged.add(whole.substring(0, i));
      damaged.add(whole.substring(0, i) + '~' + whole.substring(i + 1));
    }
    for (String text : damaged) {
      notes.clear();
      Files.writeString(file, text);
      assertThat(FingerprintFile.load(file, notes::add)).as(text).isEmpty();
      assertThat(notes).hasSize(1);
    }
  }

  @Test
  void elementsOfTheWrongTypeAreNoFingerprint() throws IOException {
    for (String fields :
        List.of(
            "\"jobfold-fingerprint\":1,\"checksum\":\""
                + "0".repeat(64)
                + "\",\"elements\":{\"a\":7}",
            "\"jobfold-fingerprint\":\"1\",\"checksum\":[]",
            "\"jobfold-fingerprint\":2,\"checksum\":\"" + "0".repeat(64) + "\"")) {
      LineBuffer line = new LineBuffer();
      line.writeBytes(("{" + fields + "}").getBytes(java.nio.charset.StandardCharsets.UTF_8));
      Checksum.seal(line, 0);
      line.write('\n');
      Files.write(file, line.toByteArray());
      assertThat(FingerprintFile.load(file, notes::add)).as(fields).isEmpty();
    }
    assertThat(notes).hasSize(3);
  }

  @Test
  void filesAndDirectoriesAreElementsByTheirContent() throws IOException {
    Path tree = Files.createDirectories(root.resolve("tree/deep"));
    Path x = Files.writeString(tree.resolve("x"), "1");
    Fingerprint before = of("tree", "gone");
    assertThat(before.marks().keySet())
        .containsExactly("file gone", "file tree", "file tree/deep", "file tree/deep/x");
    FileTime time = Files.getLastModifiedTime(x);
    Files.writeString(x, "2");
    Files.setLastModifiedTime(x, time);
    assertThat(of("tree", "gone").since(before).updated()).containsExactly("file tree/deep/x");
    Files.writeString(x, "1");
    Files.createDirectory(tree.resolve("empty"));
    assertThat(of("tree", "gone").since(before).added()).containsExactly("file tree/deep/empty");
    Files.delete(tree.resolve("empty"));
    assertThat(of("tree", "gone")).isEqualTo(before);
    Files.createSymbolicLink(tree.resolve("loop"), Path.of("."));
    assertThat(of("tree", "gone").since(before).added()).containsExactly("file tree/deep/loop");
  }

  private Fingerprint of(String... names) {
    Fingerprint.Builder builder = Fingerprint.builder();
    for (String name : names) {
      FingerprintFile.add(builder, root, root.resolve(name));
    }
    return builder.build();
  }
}
