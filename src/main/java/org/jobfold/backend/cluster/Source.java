package org.jobfold.backend.cluster;

/**
 * What a {@link Sink} has written, read one after another. It trusts nothing: no count makes it
 * reserve more than the bytes that are left could fill.
 */
final class Source {
  private static final int BITS = 7;

  private final byte[] bytes;
  private int at;

  Source(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A number from 0 to less than a limit. */
  int below(int limit) throws UnreadableException {
    long number = unsigned();
    if (number < 0 || number >= limit) {
      throw new UnreadableException("there is " + number + " where less than " + limit + " may be");
    }
    return (int) number;
  }

  /** How many things follow, each of at least one byte. */
  int count() throws UnreadableException {
    return below(bytes.length - at + 1);
  }

  /** Any number. */
  long number() throws UnreadableException {
    long number = unsigned();
    return (number >>> 1) ^ -(number & 1);
  }

  /** A number that is an {@code int}. */
  int integer() throws UnreadableException {
    long number = number();
    if (number != (int) number) {
      throw new UnreadableException("there is " + number + ", which is too large");
    }
    return (int) number;
  }

  /** A text. */
  String text() throws UnreadableException {
    char[] chars = new char[count()];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) below(Character.MAX_VALUE + 1);
    }
    return new String(chars);
  }

  /** Refuses bytes that nobody has read. */
  void end() throws UnreadableException {
    if (at < bytes.length) {
      throw new UnreadableException(bytes.length - at + " bytes are left over");
    }
  }

  private long unsigned() throws UnreadableException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += BITS) {
      if (at == bytes.length) {
        throw new UnreadableException("it is cut off after " + at + " bytes");
      }
      byte next = bytes[at++];
      number |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new UnreadableException("a number at byte " + at + " has no end");
  }
}
