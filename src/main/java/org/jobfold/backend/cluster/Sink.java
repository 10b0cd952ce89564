package org.jobfold.backend.cluster;

import java.io.ByteArrayOutputStream;

/**
 * Bytes that are written one after another. Numbers take as few as they need: seven bits a byte,
 * the lowest first, the sign in the lowest bit.
 */
final class Sink {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

  /** A number of 0 or more. */
  void count(int count) {
    unsigned(count);
  }

  /** Any number. */
  void number(long number) {
    unsigned((number << 1) ^ (number >> (Long.SIZE - 1)));
  }

  /** A text: any characters, also halves of pairs, as names of files may have. */
  void text(String text) {
    count(text.length());
    for (int i = 0; i < text.length(); i++) {
      unsigned(text.charAt(i));
    }
  }

  /** All that was written. */
  byte[] all() {
    return bytes.toByteArray();
  }

  private void unsigned(long number) {
    long left = number;
    while ((left & ~0x7FL) != 0) {
      bytes.write((int) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    bytes.write((int) left);
  }
}
