package org.jobfold.backend.local;

import java.nio.file.Path;
import java.util.Optional;
import org.jobfold.folder.Settings;
import org.jobfold.spi.Order;

/**
 * The files of a trial's standard streams. A step whose folder does not name them has its own:
 * {@code relax.stdout} and {@code relax.stderr}.
 *
 * @param directory the folder's directory, absolute
 * @param stdin where standard input comes from, if anywhere
 * @param out the name of standard output, relative to the directory
 * @param err the name of standard error, relative to the directory
 */
record Streams(Path directory, Optional<Path> stdin, String out, String err) {
  /** The streams of an order. */
  static Streams of(Order order, Path directory) {
    Settings settings = order.folder().settings();
    String step = order.step().name();
    return new Streams(
        directory,
        settings.stdin().map(directory::resolve),
        name(settings.stdout(), Settings.DEFAULT.stdout(), step),
        name(settings.stderr(), Settings.DEFAULT.stderr(), step));
  }

  private static String name(String given, String usual, String step) {
    return step.isEmpty() || !given.equals(usual) ? given : step + "." + usual;
  }

  /** The file of standard output. */
  Path stdout() {
    return directory.resolve(out);
  }

  /** The file of standard error. */
  Path stderr() {
    return directory.resolve(err);
  }
}
