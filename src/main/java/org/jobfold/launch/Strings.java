package org.jobfold.launch;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Strings and arrays of strings as C wants them, and room for what a system call writes: built anew
 * for each call in memory that is used again. Strings are UTF-8 whatever the locale of this JVM.
 *
 * <p>Use: {@link #clear}, add strings, {@link #seal}, then take addresses. Not thread-safe.
 */
final class Strings {
  private static final int ALIGNMENT = 8;
  private static final char UNREADABLE = '\uFFFD';

  private byte[] text = new byte[4096];
  private int length;
  private long[] pointers = new long[256];
  private int count;
  private Memory memory = new Memory(16_384);
  private int table;

  /** Forgets all strings. */
  void clear() {
    length = 0;
    count = 0;
  }

  /** Adds a string and returns its offset. */
  int add(String string) {
    int offset = length;
    append(string);
    end();
    return offset;
  }

  /** Adds {@code name=value} and returns its offset. */
  int add(String name, String value) {
    int offset = length;
    append(name);
    append((byte) '=');
    append(value);
    end();
    return offset;
  }

  /** Adds a path and returns its offset; its own bytes, also where this JVM can not read them. */
  int add(Path path) {
    String string = path.toString();
    if (string.indexOf(UNREADABLE) < 0) {
      return add(string);
    }
    int offset = length;
    append(bytesOf(path.toUri()));
    end();
    return offset;
  }

  /** Adds a pointer to an own string to the table and returns its index. */
  int point(int offset) {
    return pointTo(~(long) offset);
  }

  /** Adds an address to the table and returns its index. */
  int pointTo(long address) {
    if (count == pointers.length) {
      pointers = Arrays.copyOf(pointers, 2 * count);
    }
    pointers[count] = address;
    return count++;
  }

  /** Brings all to native memory. */
  void seal() {
    table = (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    int size = table + count * ALIGNMENT;
    if (size > memory.size()) {
      memory = new Memory(2 * size);
    }
    memory.put(0, text, length);
    for (int i = 0; i < count; i++) {
      long pointer = pointers[i];
      memory.putLong(table + i * ALIGNMENT, pointer < 0 ? memory.at((int) ~pointer) : pointer);
    }
  }

  /** The address of a string. */
  long string(int offset) {
    return memory.at(offset);
  }

  /** The address of the table from an index on. */
  long table(int index) {
    return memory.at(table + index * ALIGNMENT);
  }

  private void append(String string) {
    int size = string.length();
    reserve(size);
    for (int i = 0; i < size; i++) {
      char character = string.charAt(i);
      if (character >= 0x80) {
        append(string.substring(i).getBytes(StandardCharsets.UTF_8));
        return;
      }
      text[length++] = (byte) character;
    }
  }

  private void append(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, text, length, bytes.length);
    length += bytes.length;
  }

  private void append(byte single) {
    reserve(1);
    text[length++] = single;
  }

  private void end() {
    append((byte) 0);
  }

  private void reserve(int size) {
    if (length + size > text.length) {
      text = Arrays.copyOf(text, Math.max(2 * text.length, length + size));
    }
  }

  /** The bytes of a path are exact in its address, though not in its string. */
  private static byte[] bytesOf(URI address) {
    String raw = address.getRawPath();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '%') {
        bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(raw.charAt(i));
      }
    }
    return bytes.toByteArray();
  }
}
