package org.jobfold.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A wire between one member and a lead that an attacker holds: bytes of the member come to the lead
 * as the test says, those of the lead pass, until it is cut.
 */
final class Wire implements AutoCloseable {
  private final ServerSocket door;
  private final InetSocketAddress lead;
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
  private final Deque<byte[]> caught = new ArrayDeque<>();
  private Socket member = new Socket();
  private Socket up = new Socket();
  private boolean holding;
  private boolean silent;

  Wire(InetSocketAddress lead) throws IOException {
    this.lead = lead;
    this.door = new ServerSocket();
    door.bind(StarTest.loopback(0));
    start(this::open);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) door.getLocalSocketAddress();
  }

  /** From now on, nothing of the member passes: it is caught. */
  synchronized void hold() {
    holding = true;
  }

  /** From now on, nothing passes in any direction, and nobody is told. */
  synchronized void fallSilent() {
    silent = true;
  }

  /** All that the member has said so far. */
  synchronized byte[] seen() {
    return seen.toByteArray();
  }

  /** Waits until the member has said so much more. */
  synchronized void awaitMore(int bytes) throws InterruptedException {
    int before = seen.size();
    while (seen.size() < before + bytes) {
      wait();
    }
  }

  /** The next frame that is caught and is not shorter than so many bytes. */
  synchronized byte[] frame(int atLeast) throws InterruptedException {
    while (true) {
      while (caught.isEmpty()) {
        wait();
      }
      byte[] frame = caught.remove();
      if (frame.length >= atLeast) {
        return frame;
      }
    }
  }

  /** Says something to the lead. */
  void say(byte[] bytes) throws IOException {
    OutputStream out = up.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  /** Ends the connection to the lead, after what was said. */
  void end() throws IOException {
    up.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    door.close();
    if (member != null) {
      member.close();
    }
    if (up != null) {
      up.close();
    }
  }

  private void open() throws IOException {
    member = door.accept();
    up = new Socket(lead.getAddress(), lead.getPort());
    up.setTcpNoDelay(true);
    start(() -> pass(up.getInputStream(), member.getOutputStream()));
    InputStream in = member.getInputStream();
    byte[] buffer = new byte[1 << 16];
    int length;
    while ((length = in.read(buffer)) >= 0) {
      synchronized (this) {
        seen.write(buffer, 0, length);
        notifyAll();
        if (!holding && !silent) {
          up.getOutputStream().write(buffer, 0, length);
        } else {
          cut(buffer, length);
        }
      }
    }
  }

  /** Cuts what has come at the frames: small ones come whole. */
  private void cut(byte[] buffer, int length) {
    int at = 0;
    while (at < length) {
      int frame = Integer.BYTES + java.nio.ByteBuffer.wrap(buffer, at, Integer.BYTES).getInt();
      caught.add(java.util.Arrays.copyOfRange(buffer, at, at + frame));
      at += frame;
    }
  }

  private void pass(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    int length;
    while ((length = in.read(buffer)) >= 0) {
      synchronized (this) {
        if (!silent) {
          out.write(buffer, 0, length);
        }
      }
    }
    end(new IOException("the lead has ended it"));
  }

  private interface Work {
    void run() throws IOException;
  }

  private void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                end(e);
              }
            },
            "wire");
    thread.setDaemon(true);
    thread.start();
  }

  /** An end has broken off: so does the other one, unless the wire is silent. */
  private synchronized void end(IOException cause) {
    try {
      if (!silent && member != null && up != null) {
        member.close();
        up.close();
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
      throw new UncheckedIOException(cause);
    }
  }
}
