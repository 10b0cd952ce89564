package org.jobfold;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;

/**
 * How this program is started again, from another directory and on another host of the same file
 * system.
 */
final class StartLine {
  private StartLine() {}

  /** The start script of the checkout that this program is from, or Java with its class path. */
  static List<String> words() {
    CodeSource source = StartLine.class.getProtectionDomain().getCodeSource();
    try {
      if (source != null) {
        Path place = Path.of(source.getLocation().toURI());
        Path home = place.getParent() == null ? null : place.getParent().getParent();
        if (home != null && Files.isExecutable(home.resolve("scripts/jobfold"))) {
          return List.of(home.resolve("scripts/jobfold").toString());
        }
      }
    } catch (URISyntaxException e) {
      // its class path says it as well
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        "org.jobfold.Main");
  }
}
