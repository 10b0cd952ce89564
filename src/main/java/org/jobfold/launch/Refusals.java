package org.jobfold.launch;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Map;

/** Why a process could not be started, in words that say what to do. Every launcher uses these. */
final class Refusals {
  private Refusals() {}

  /** Refuses what no system can start. */
  static void check(ProcessSpec spec) throws IOException {
    for (String argument : spec.argv()) {
      if (argument.indexOf('\0') >= 0) {
        throw new LastingException(
            "argument '" + argument.replace("\0", "\\0") + "' has a zero byte in it: remove it");
      }
    }
    for (Map.Entry<String, String> variable : spec.variables().entrySet()) {
      String name = variable.getKey();
      if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
        throw new LastingException(
            "environment variable '"
                + name.replace("\0", "\\0")
                + "' has no valid name: rename it");
      }
      if (variable.getValue().indexOf('\0') >= 0) {
        throw new LastingException(
            "environment variable '" + name + "' has a zero byte in its value");
      }
    }
  }

  static IOException closed() {
    return new IOException("the launcher is closed: nothing is started any more");
  }

  static IOException notInPath(String program, String path) {
    return new LastingException(
        "program '"
            + program
            + "' not found in PATH '"
            + path
            + "': load its module, set PATH, or give its whole path");
  }

  static IOException noProgram(String program) {
    return new LastingException("program '" + program + "' does not exist: correct its path");
  }

  static IOException noInterpreter(String program) {
    return new LastingException(
        "program '"
            + program
            + "' exists but can not run: the interpreter in its first line, or its loader, does"
            + " not exist");
  }

  static IOException notExecutable(String program) {
    return new LastingException(
        "program '"
            + program
            + "' is not executable: chmod +x it, and see that its file system allows programs");
  }

  static IOException programIsDirectory(String program) {
    return new LastingException("program '" + program + "' is a directory: name the program in it");
  }

  static IOException programFailed(String program, String reason) {
    return new IOException("program '" + program + "' can not be started: " + reason);
  }

  static IOException directoryGone(Path directory) {
    return new IOException("directory '" + directory + "' is gone: something moved or deleted it");
  }

  static IOException notADirectory(Path directory) {
    return new IOException("directory '" + directory + "' is not a directory");
  }

  static IOException directoryClosed(Path directory) {
    return new IOException("directory '" + directory + "' can not be entered: see its permissions");
  }

  static IOException noStdin(Path file) {
    return new IOException(
        "stdin file '" + file + "' does not exist: create it or correct its name");
  }

  static IOException unreadableStdin(Path file) {
    return new IOException("stdin file '" + file + "' can not be read: see its permissions");
  }

  static FileAlreadyExistsException exists(String stream, Path file) {
    return new FileAlreadyExistsException(
        file.toString(), null, stream + " file exists and is never overwritten: move it away");
  }

  static IOException notCreated(String stream, Path file, String reason) {
    return new IOException(stream + " file '" + file + "' can not be created: " + reason);
  }
}
