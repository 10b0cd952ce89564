package org.jobfold.launch;

import java.io.File;

/**
 * Keeps the open files of this JVM from its processes. Most are closed by {@code exec} anyway, but
 * not all: sockets and pipes of {@code java.nio}, for example, are not.
 */
enum Descriptors {
  /** A file action closes them in the process. */
  BY_ACTION {
    @Override
    void closeFrom(long actions) {
      LibC.CloseFrom.posix_spawn_file_actions_addclosefrom_np(actions, FIRST);
    }
  },
  /** This JVM marks them all before each start: Linux 5.11. */
  BY_RANGE {
    @Override
    void closeFrom(long actions) {
      LibC.syscall(LibC.SYS_CLOSE_RANGE, FIRST, ALL, LibC.CLOSE_RANGE_CLOEXEC);
    }
  },
  /** This JVM marks one after another before each start. */
  ONE_BY_ONE {
    @Override
    void closeFrom(long actions) {
      String[] names = new File("/proc/self/fd").list();
      for (String name : names == null ? new String[0] : names) {
        int descriptor = Integer.parseInt(name);
        if (descriptor >= FIRST) {
          LibC.fcntl(descriptor, LibC.F_SETFD, LibC.FD_CLOEXEC);
        }
      }
    }
  };

  private static final int FIRST = 3;
  private static final long ALL = 0xFFFF_FFFFL;

  static Descriptors best() {
    if (LibC.has(LibC.CloseFrom.NAME)) {
      return BY_ACTION;
    }
    return LibC.syscall(LibC.SYS_CLOSE_RANGE, FIRST, ALL, LibC.CLOSE_RANGE_CLOEXEC) == 0
        ? BY_RANGE
        : ONE_BY_ONE;
  }

  /** Sees to it that a process that is started next has no other files than its actions open. */
  abstract void closeFrom(long actions);
}
