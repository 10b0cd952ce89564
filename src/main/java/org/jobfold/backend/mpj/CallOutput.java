package org.jobfold.backend.mpj;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What one rank's part of a call prints: to the folder's files on the first rank, kept for the lead
 * on the others.
 */
final class CallOutput implements AutoCloseable {
  private static final int KEPT = 64 << 10;

  private final PrintStream out;
  private final PrintStream err;
  private final Kept keptOut;
  private final Kept keptErr;

  private CallOutput(PrintStream out, PrintStream err, Kept keptOut, Kept keptErr) {
    this.out = out;
    this.err = err;
    this.keptOut = keptOut;
    this.keptErr = keptErr;
  }

  /** To these files, which are there. */
  static CallOutput toFiles(Path stdout, Path stderr) throws IOException {
    PrintStream out = printer(file(stdout));
    try {
      PrintStream err = stdout.equals(stderr) ? out : printer(file(stderr));
      return new CallOutput(out, err, new Kept(), new Kept());
    } catch (IOException e) {
      out.close();
      throw e;
    }
  }

  /** To memory. */
  static CallOutput kept() {
    Kept out = new Kept();
    Kept err = new Kept();
    return new CallOutput(printer(out), printer(err), out, err);
  }

  private static OutputStream file(Path file) throws IOException {
    // Not by a channel, which an interrupt of the call would close.
    return new BufferedOutputStream(new FileOutputStream(file.toFile(), true));
  }

  private static PrintStream printer(OutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  /** What was printed and is in no file. */
  String restOfOut() {
    return keptOut.text();
  }

  /** The same of errors. */
  String restOfErr() {
    return keptErr.text();
  }

  @Override
  public void close() {
    out.close();
    err.close();
  }

  /** The beginning of what is written to it. */
  private static final class Kept extends OutputStream {
    private final ByteArrayOutputStream first = new ByteArrayOutputStream();
    private long more;

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      int fits = Math.min(length, KEPT - first.size());
      first.write(bytes, offset, fits);
      more += length - fits;
    }

    synchronized String text() {
      String text = first.toString(StandardCharsets.UTF_8);
      return more == 0 ? text : text + "\n(" + more + " bytes more are left out)\n";
    }
  }
}
