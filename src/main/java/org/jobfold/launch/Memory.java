package org.jobfold.launch;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A piece of native memory with a fixed address. Not thread-safe. Freed by the collector. */
final class Memory {
  private final ByteBuffer bytes;
  private final long address;

  Memory(int size) {
    bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    address = Pointer.nativeValue(Native.getDirectBufferPointer(bytes));
  }

  int size() {
    return bytes.capacity();
  }

  /** The address of a place in it. */
  long at(int offset) {
    return address + offset;
  }

  byte getByte(int offset) {
    return bytes.get(offset);
  }

  int getInt(int offset) {
    return bytes.getInt(offset);
  }

  long getLong(int offset) {
    return bytes.getLong(offset);
  }

  void putLong(int offset, long value) {
    bytes.putLong(offset, value);
  }

  void get(int offset, byte[] to, int count) {
    bytes.get(offset, to, 0, count);
  }

  void put(int offset, byte[] from, int count) {
    bytes.put(offset, from, 0, count);
  }
}
