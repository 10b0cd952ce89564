package org.jobfold.launch;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * The functions of the C library that starting and reaping take, on 64-bit Linux (glibc, musl).
 * Addresses are longs; names are those of C, so that their manual pages can be found.
 *
 * <p>Loading this class fails with a {@link LinkageError} where they are missing.
 */
@SuppressWarnings("MemberName")
final class LibC {
  static final int EINTR = 4;
  static final int ENOENT = 2;
  static final int E2BIG = 7;
  static final int ENOEXEC = 8;
  static final int EAGAIN = 11;
  static final int ENOMEM = 12;
  static final int EACCES = 13;
  static final int EEXIST = 17;
  static final int ENOTDIR = 20;
  static final int EISDIR = 21;
  static final int EMFILE = 24;
  static final int ETXTBSY = 26;
  static final int ENOSPC = 28;
  static final int EROFS = 30;
  static final int ENAMETOOLONG = 36;
  static final int ELOOP = 40;
  static final int EDQUOT = 122;

  static final int SIGKILL = 9;
  static final int SIGTERM = 15;
  static final int SIGCHLD = 17;
  static final int SIGCONT = 18;
  static final int SIGSTOP = 19;

  static final int O_RDONLY = 0;
  static final int O_WRONLY = 1;
  static final int O_CREAT = 0100;
  static final int O_EXCL = 0200;
  static final int O_CLOEXEC = 02000000;

  static final int F_OK = 0;
  static final int X_OK = 1;

  static final int P_PID = 1;
  static final int P_PGID = 2;
  static final int WNOHANG = 1;
  static final int WEXITED = 4;
  static final int WNOWAIT = 0x01000000;

  static final short POSIX_SPAWN_SETSIGDEF = 0x04;
  static final short POSIX_SPAWN_SETSIGMASK = 0x08;
  static final short POSIX_SPAWN_SETSID = 0x80;

  static final int PR_SET_CHILD_SUBREAPER = 36;
  static final int F_SETFD = 2;
  static final int FD_CLOEXEC = 1;
  static final long CLOSE_RANGE_CLOEXEC = 4;

  /** The system call of that name has this number on every architecture. */
  static final long SYS_CLOSE_RANGE = 436;

  static {
    if (!Platform.isLinux() || Native.POINTER_SIZE != 8 || Platform.isMIPS()) {
      throw new UnsatisfiedLinkError("the native launcher knows 64-bit Linux only");
    }
    Native.register(LibC.class, NativeLibrary.getProcess());
  }

  private LibC() {}

  /** Whether the C library has a function that not all have. */
  static boolean has(String function) {
    try {
      NativeLibrary.getProcess().getFunction(function);
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  /** The reason why the last call of this thread failed. */
  static int errno() {
    return Native.getLastError();
  }

  static native int posix_spawn(
      long pid, long path, long actions, long attributes, long argv, long envp);

  static native int posix_spawnattr_init(long attributes);

  static native int posix_spawnattr_setflags(long attributes, short flags);

  static native int posix_spawnattr_setsigmask(long attributes, long set);

  static native int posix_spawnattr_setsigdefault(long attributes, long set);

  static native int posix_spawn_file_actions_init(long actions);

  static native int posix_spawn_file_actions_destroy(long actions);

  static native int posix_spawn_file_actions_addopen(
      long actions, int descriptor, long path, int flags, int mode);

  static native int posix_spawn_file_actions_adddup2(long actions, int from, int to);

  static native int sigemptyset(long set);

  static native int sigfillset(long set);

  static native int sigdelset(long set, int signal);

  static native int sigaction(int signal, long set, long get);

  static native int waitid(int idType, int id, long information, int options);

  static native int wait4(int pid, long status, int options, long usage);

  static native int kill(int pid, int signal);

  static native int getpid();

  static native int getsid(int pid);

  /** Variadic in C, which is the same for an int on the architectures that Linux runs on. */
  static native int fcntl(int descriptor, int command, int argument);

  static native int access(long path, int mode);

  static native int open(long path, int flags, int mode);

  static native long read(int descriptor, long bytes, long count);

  static native long pread(int descriptor, long bytes, long count, long offset);

  static native int close(int descriptor);

  static native int pipe2(long descriptors, int flags);

  static native int prctl(int option, long a, long b, long c, long d);

  static native String strerror(int error);

  static native long syscall(long number, long a, long b, long c);

  /** {@code posix_spawn_file_actions_addchdir_np}: glibc 2.29, musl 1.1.24. */
  static final class ChangeDirectory {
    static final String NAME = "posix_spawn_file_actions_addchdir_np";

    static {
      Native.register(ChangeDirectory.class, NativeLibrary.getProcess());
    }

    private ChangeDirectory() {}

    static native int posix_spawn_file_actions_addchdir_np(long actions, long path);
  }

  /** {@code posix_spawn_file_actions_addclosefrom_np}: glibc 2.34. */
  static final class CloseFrom {
    static final String NAME = "posix_spawn_file_actions_addclosefrom_np";

    static {
      Native.register(CloseFrom.class, NativeLibrary.getProcess());
    }

    private CloseFrom() {}

    static native int posix_spawn_file_actions_addclosefrom_np(long actions, int from);
  }
}
