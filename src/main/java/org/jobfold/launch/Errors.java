package org.jobfold.launch;

/** What errors of the system mean to somebody who wants a program started. */
final class Errors {
  private Errors() {}

  static String text(int error) {
    return switch (error) {
      case LibC.ENOENT, LibC.ENOTDIR -> "a directory of its path does not exist: create it";
      case LibC.EACCES, 1 -> "permission denied: see the permissions of its directory";
      case LibC.E2BIG ->
          "its arguments and environment are too long for the system: shorten them or use a file";
      case LibC.EAGAIN -> "no more processes are allowed: run fewer at a time or raise 'ulimit -u'";
      case LibC.ENOMEM -> "out of memory: run fewer at a time";
      case LibC.EISDIR -> "it is a directory";
      case LibC.EMFILE, 23 -> "too many open files: raise 'ulimit -n'";
      case LibC.ETXTBSY -> "it is still being written";
      case LibC.ENOSPC -> "no space left on its file system: make room";
      case LibC.EDQUOT -> "the disk quota is used up: make room";
      case LibC.EROFS -> "its file system is read-only";
      case LibC.ENAMETOOLONG -> "its name is too long";
      case LibC.ELOOP -> "its symbolic links go in a circle";
      default -> "the system says error " + error;
    };
  }
}
