package org.jobfold.disk;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jobfold.folder.Command;

/**
 * Whether the programs that commands begin with are there. Each name is looked for once in each
 * {@code PATH}.
 *
 * <p>It never says that one is missing where a shell may know better: of a line for the shell it
 * judges only a plain first word.
 */
final class Programs {
  private static final String STANDARD_PATH = "/usr/bin:/bin";
  private static final Pattern PLAIN =
      Pattern.compile("\\s*([A-Za-z0-9_./+-]+)(?=\\s+[^\\s(]|\\s*$)");

  /** What POSIX shells, dash and bash know by themselves. */
  private static final Set<String> SHELL_WORDS =
      Set.of(
          ("if then else elif fi do done case esac while until for in function select time coproc "
                  + ". : [ alias bg bind break builtin caller cd chdir command compgen complete"
                  + " compopt continue declare dirs disown echo enable eval exec exit export false"
                  + " fc fg getopts hash help history jobs kill let local logout mapfile newgrp popd"
                  + " printf pushd pwd read readarray readonly return set shift shopt source suspend"
                  + " test times trap true type typeset ulimit umask unalias unset wait")
              .split(" "));

  private final Map<String, String> environment;
  private final Map<Lookup, Optional<String>> known = new ConcurrentHashMap<>();

  Programs(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Why a command can not be started, if it can not.
   *
   * @param directory of its folder
   * @param env variables that its folder sets
   */
  Optional<String> complaint(Command command, Path directory, Map<String, String> env) {
    String path = env.getOrDefault("PATH", environment.getOrDefault("PATH", STANDARD_PATH));
    if (command instanceof Command.Exec exec) {
      return complaint(exec.argv().get(0), directory, path);
    }
    Matcher first = PLAIN.matcher(command.text());
    if (!first.lookingAt() || isOfShell(first.group(1), env)) {
      return Optional.empty();
    }
    return complaint(first.group(1), directory, path);
  }

  private boolean isOfShell(String word, Map<String, String> env) {
    return SHELL_WORDS.contains(word) || isFunction(word, env) || isFunction(word, environment);
  }

  /** Whether it is a function that bash exported, such as {@code module} on many clusters. */
  private static boolean isFunction(String word, Map<String, String> variables) {
    return variables.containsKey("BASH_FUNC_" + word + "%%")
        || variables.containsKey("BASH_FUNC_" + word + "()");
  }

  private Optional<String> complaint(String program, Path directory, String path) {
    if (program.contains("/")) {
      return complaintOf(program, directory);
    }
    Optional<String> complaint =
        known.computeIfAbsent(new Lookup(program, path), Programs::complaintOf);
    return complaint.isPresent() && isInRelativePath(program, directory, path)
        ? Optional.empty()
        : complaint;
  }

  private static Optional<String> complaintOf(String program, Path directory) {
    if (isProgram(directory, program)) {
      return Optional.empty();
    }
    File found =
        program.startsWith("/") ? new File(program) : new File(directory.toFile(), program);
    return Optional.of(
        "needs the program '"
            + program
            + (found.isFile()
                ? "', which is not executable: chmod +x it"
                : found.isDirectory()
                    ? "', which is a directory: name a program"
                    : "', which is not there: correct the path, or build it"));
  }

  private static Optional<String> complaintOf(Lookup lookup) {
    for (String directory : lookup.path().split(":", -1)) {
      if (directory.startsWith("/") && isProgram(Path.of(directory), lookup.program())) {
        return Optional.empty();
      }
    }
    return Optional.of(
        "needs the program '"
            + lookup.program()
            + "', which is not in PATH: install it, load its module, or write its path");
  }

  private static boolean isInRelativePath(String program, Path directory, String path) {
    for (String entry : path.split(":", -1)) {
      if (!entry.startsWith("/")
          && isProgram(directory, entry.isEmpty() ? program : entry + "/" + program)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isProgram(Path directory, String program) {
    try {
      Path file = directory.resolve(program);
      return Files.isRegularFile(file) && Files.isExecutable(file);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private record Lookup(String program, String path) {}
}
