package org.jobfold.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which launcher is made. */
class LaunchersTest {
  @Test
  void nativeWhereItLoads() {
    try (Launcher launcher = Launchers.best(LauncherSettings.standard())) {
      assertThat(launcher).isInstanceOf(NativeLauncher.class);
    }
  }

  @Test
  void standInWithOneWarningWhereNot() throws IOException, InterruptedException {
    Process jvm =
        new ProcessBuilder(
                List.of(
                    ChildJvm.java(),
                    "-Djna.boot.library.path=/nowhere",
                    "-Djna.nounpack=true",
                    "-Djna.nosys=true",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LaunchersTest.class.getName()))
            .redirectErrorStream(true)
            .start();
    String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jvm.waitFor()).isZero();
    assertThat(output.lines().filter(line -> !line.contains("DEBUG")))
        .hasSize(2)
        .anyMatch(line -> line.contains("WARN") && line.contains("can not load"))
        .contains("JavaLauncher");
  }

  public static void main(String[] arguments) {
    try (Launcher launcher = Launchers.best(LauncherSettings.standard())) {
      System.out.println(launcher.getClass().getSimpleName());
    }
  }
}
