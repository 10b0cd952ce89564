package org.jobfold.backend.mpj.start;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * The standard error of a host, in which what its ranks say for people and what the host says to
 * the starter are mixed: a line of the latter begins with the byte 1 and a token, anywhere. What is
 * for people goes on at once, byte by byte; it may have no end of a line.
 */
final class ControlLines {
  private static final int LONGEST = 4096;
  private static final int BLOCK = 8192;

  private final byte[] sign;
  private final OutputStream people;
  private final Consumer<String> control;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();

  /**
   * @param token what a control line begins with, after the byte 1; a blank follows it
   * @param people where the rest goes; may be shared
   * @param control gets each control line without its beginning and its end
   */
  ControlLines(String token, OutputStream people, Consumer<String> control) {
    this.sign = ("\1" + token + " ").getBytes(StandardCharsets.US_ASCII);
    this.people = people;
    this.control = control;
  }

  /** Reads to the end. */
  void read(InputStream in) throws IOException {
    byte[] block = new byte[BLOCK];
    for (int length = in.read(block); length >= 0; length = in.read(block)) {
      ByteArrayOutputStream plain = new ByteArrayOutputStream(length);
      for (int i = 0; i < length; i++) {
        take(block[i], plain);
      }
      pass(plain);
    }
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    held.writeTo(rest);
    pass(rest);
  }

  private void take(byte next, ByteArrayOutputStream plain) throws IOException {
    int length = held.size();
    if (length < sign.length) {
      if (next != sign[length]) {
        held.writeTo(plain);
        held.reset();
      }
      if (next == sign[held.size()]) {
        held.write(next);
      } else {
        plain.write(next);
      }
    } else if (next == '\n' || length > LONGEST) {
      byte[] line = held.toByteArray();
      held.reset();
      control.accept(new String(line, sign.length, length - sign.length, StandardCharsets.UTF_8));
    } else {
      held.write(next);
    }
  }

  private void pass(ByteArrayOutputStream plain) throws IOException {
    if (plain.size() > 0) {
      synchronized (people) {
        plain.writeTo(people);
        people.flush();
      }
    }
  }
}
