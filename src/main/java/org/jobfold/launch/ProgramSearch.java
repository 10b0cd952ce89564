package org.jobfold.launch;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Finds programs in the {@code PATH} that their process will have, and remembers where.
 * Thread-safe.
 */
final class ProgramSearch {
  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

  private record Wanted(String program, String path) {}

  private final Map<Wanted, String> found = new ConcurrentHashMap<>();
  private final Predicate<String> executable;
  private final String basePath;

  /**
   * Makes a new one.
   *
   * @param executable whether a file is one that can be executed, by its whole path
   * @param basePath the {@code PATH} of this JVM
   */
  ProgramSearch(Predicate<String> executable, String basePath) {
    this.executable = executable;
    this.basePath = basePath;
  }

  /**
   * The path to execute: the program itself if it has a slash, else the first of its name in the
   * path.
   */
  String find(ProcessSpec spec) throws IOException {
    String program = spec.argv().get(0);
    if (program.indexOf('/') >= 0) {
      return program;
    }
    Wanted wanted = wanted(spec);
    String known = found.get(wanted);
    return known == null ? search(wanted, spec) : known;
  }

  /** Forgets where a program was: it is not there any more. True if it had been remembered. */
  boolean forget(ProcessSpec spec) {
    return found.remove(wanted(spec)) != null;
  }

  private Wanted wanted(ProcessSpec spec) {
    return new Wanted(spec.argv().get(0), spec.variables().getOrDefault("PATH", basePath));
  }

  private String search(Wanted wanted, ProcessSpec spec) throws IOException {
    String path = wanted.path.isEmpty() ? USUAL_PATH : wanted.path;
    for (String place : path.split(":", -1)) {
      if (place.startsWith("/")) {
        String file = place + "/" + wanted.program;
        if (executable.test(file)) {
          found.put(wanted, file);
          return file;
        }
      } else {
        String relative = (place.isEmpty() ? "." : place) + "/" + wanted.program;
        if (executable.test(spec.directory() + "/" + relative)) {
          return relative;
        }
      }
    }
    throw Refusals.notInPath(wanted.program, path);
  }
}
