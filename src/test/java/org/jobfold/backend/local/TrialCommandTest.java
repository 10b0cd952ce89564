package org.jobfold.backend.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jobfold.folder.Command;
import org.jobfold.folder.Functional;
import org.junit.jupiter.api.Test;

class TrialCommandTest {
  private static final Path FOLDER = Path.of("/tree/a");

  @Test
  void aLineIsForTheShellAListIsNot() {
    assertThat(argv(new Functional.Program(new Command.Shell("a b | c"))))
        .containsExactly("/bin/sh", "-c", "a b | c");
    assertThat(argv(new Functional.Program(new Command.Exec(List.of("./a", "b c")))))
        .containsExactly("./a", "b c");
  }

  @Test
  void aCallIsAJvmOfItsOwn() {
    List<String> argv =
        argv(new Functional.Call("my.Call", List.of("lib/*", "/opt/x.jar"), List.of("-Xmx1g")));
    assertThat(argv.get(0)).isEqualTo(System.getProperty("java.home") + "/bin/java");
    assertThat(argv)
        .containsSubsequence("-XX:ActiveProcessorCount=3", "-XX:+UseSerialGC", "-Xmx1g", "-cp")
        .endsWith("org.jobfold.call.CallMain", "my.Call");
    assertThat(argv.get(argv.indexOf("-cp") + 1))
        .startsWith("/tree/a/lib/*:/opt/x.jar:")
        .endsWith("/classes");
  }

  @Test
  void theCollectorOfTheFolderIsTheOnlyOne() {
    assertThat(argv(new Functional.Call("my.Call", List.of(), List.of("-XX:+UseG1GC"))))
        .contains("-XX:+UseG1GC")
        .doesNotContain("-XX:+UseSerialGC");
  }

  private static List<String> argv(Functional.Single functional) {
    return TrialCommand.argv(functional, FOLDER, 3);
  }
}
