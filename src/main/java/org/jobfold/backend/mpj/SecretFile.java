package org.jobfold.backend.mpj;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jobfold.control.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secret of a run, in a file in the user's home that the user alone can read. All hosts of a
 * world see that directory; MPJ Express needs no less.
 *
 * @param path where it is
 */
record SecretFile(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);

  /** Writes a secret. */
  static SecretFile write(Secret secret) throws IOException {
    Path home = Path.of(System.getProperty("user.home", "."));
    Path file =
        Files.createTempFile(
            home,
            ".jobfold-mpj-",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, secret.hex());
    return new SecretFile(file);
  }

  /** Reads the secret that is there. */
  static Secret read(String path) throws IOException {
    try {
      return Secret.of(Files.readString(Path.of(path)).strip());
    } catch (IOException e) {
      throw new IOException(
          "the file '"
              + path
              + "' that lets this rank join can not be read: the home directory must be the same on"
              + " all hosts ("
              + e
              + ")",
          e);
    }
  }

  /** Removes it; once is as good as several times. */
  void remove() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.warn("the file '{}', of no more use, can not be removed: {}", path, e.toString());
    }
  }
}
