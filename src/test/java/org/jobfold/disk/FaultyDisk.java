package org.jobfold.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The real file system, until a step that fails, or from which on nothing happens any more. */
final class FaultyDisk implements JournalDisk {
  private final int faultAt;
  private final Fault fault;
  private int steps;

  enum Fault {
    /** This step fails, and has done nothing. */
    FAILS,
    /** This step, if it writes, has written a part. */
    FAILS_HALF_WAY,
    /** Writes write a part, and say so. */
    SHORT,
    /** This step and all after it: the process is dead. */
    CRASH
  }

  /** The process is dead: nothing that comes after is of this run. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  FaultyDisk(Fault fault, int faultAt) {
    this.fault = fault;
    this.faultAt = faultAt;
  }

  /** How many steps there were. */
  int steps() {
    return steps;
  }

  @Override
  public Output create(Path file) throws IOException {
    step();
    return faulty(REAL.create(file));
  }

  @Override
  public Output open(Path file) throws IOException {
    step();
    return faulty(REAL.open(file));
  }

  private Output faulty(Output real) {
    return new Output() {
      @Override
      public int write(ByteBuffer bytes, long position) throws IOException {
        boolean now = steps == faultAt;
        if (fault == Fault.SHORT || (now && fault != Fault.FAILS)) {
          int half = (bytes.remaining() + 1) / 2;
          ByteBuffer part = bytes.slice(bytes.position(), half);
          real.write(part, position);
          if (fault == Fault.SHORT) {
            steps++;
            bytes.position(bytes.position() + half);
            return half;
          }
        }
        step();
        return real.write(bytes, position);
      }

      @Override
      public void force() throws IOException {
        step();
        real.force();
      }

      @Override
      public void close() throws IOException {
        real.close();
        step();
      }
    };
  }

  @Override
  public void claim(Path from, Path to) throws IOException {
    step();
    REAL.claim(from, to);
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    step();
    REAL.replace(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    step();
    REAL.delete(file);
  }

  private void step() throws IOException {
    int now = steps++;
    if (fault == Fault.CRASH && now >= faultAt) {
      throw new Crash();
    }
    if (now == faultAt && fault != Fault.SHORT) {
      throw new IOException("No space left on device");
    }
  }
}
