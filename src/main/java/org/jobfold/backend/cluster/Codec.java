package org.jobfold.backend.cluster;

import java.util.function.BiConsumer;

/**
 * How values of one type become bytes, and bytes those values again. Made by {@link Codecs}.
 *
 * @param schema what there is to a value, in words: two codecs with one schema understand each
 *     other
 */
record Codec<T>(String schema, BiConsumer<T, Sink> writer, Reader<T> reader) {
  /** Reads one value. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Source from) throws UnreadableException;
  }

  /** A value as a message of its own. */
  byte[] bytes(T value) {
    Sink sink = new Sink();
    writer.accept(value, sink);
    return sink.all();
  }

  /**
   * The value of a message.
   *
   * @throws UnreadableException if it is damaged, or of another program
   */
  T value(byte[] message) throws UnreadableException {
    Source source = new Source(message);
    T value = reader.read(source);
    source.end();
    return value;
  }
}
