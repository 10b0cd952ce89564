package org.jobfold.launch;

import java.io.IOException;

/** The {@link Guard} of a native launcher. */
final class NativeGuard implements AutoCloseable {
  private final int pid;
  private final int pipe;

  private NativeGuard(int pid, int pipe) {
    this.pid = pid;
    this.pipe = pipe;
  }

  /** Starts it and does not wait for it. */
  static NativeGuard start(Spawner spawner, Mark mark) throws IOException {
    Memory ends = new Memory(2 * Integer.BYTES);
    if (LibC.pipe2(ends.at(0), LibC.O_CLOEXEC) != 0) {
      throw new IOException("no pipe can be made: " + Errors.text(LibC.errno()));
    }
    int in = ends.getInt(0);
    int out = ends.getInt(Integer.BYTES);
    try {
      return new NativeGuard(spawner.spawnReader(Guard.command(mark), in), out);
    } catch (IOException e) {
      LibC.close(out);
      throw e;
    } finally {
      LibC.close(in);
    }
  }

  int pid() {
    return pid;
  }

  /** Nothing is left to guard. */
  @Override
  public void close() {
    LibC.kill(pid, LibC.SIGKILL);
    int reaped;
    do {
      reaped = LibC.wait4(pid, 0, 0, 0);
    } while (reaped < 0 && LibC.errno() == LibC.EINTR);
    LibC.close(pipe);
  }
}
