package org.jobfold.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that are killed at any moment, 200 times in all, and lose nothing. */
@Timeout(900)
class CrashTest {
  private static final int KILLS = 20;
  private static final int FOLDERS = 200;

  @Test
  void whateverKillsItEveryFolderEndsOnceAndNothingIsLeft()
      throws IOException, InterruptedException {
    Crash crash = new Crash(Path.of("target", "crash"), FOLDERS, KILLS, System.out::println);
    assertThat(crash.run(LongStream.rangeClosed(1, 10).boxed().toList())).isEmpty();
  }
}
