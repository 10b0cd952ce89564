package org.jobfold.spi;

import org.jobfold.journal.Entry;

/**
 * Where the account of a run is kept.
 *
 * <p>An implementation MUST
 *
 * <ul>
 *   <li>keep the entries in the order in which they were appended, each whole or not at all;
 *   <li>have handed every appended entry to the system when {@link #flush} returns, so that it
 *       outlives this process;
 *   <li>fail with an {@link java.io.UncheckedIOException} that names the file and the reason if it
 *       can not.
 * </ul>
 */
public interface JournalStore extends AutoCloseable {
  /** A store that keeps nothing, for runs that need no account. */
  JournalStore NONE =
      new JournalStore() {
        @Override
        public void append(Entry entry) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /** Adds an entry. */
  void append(Entry entry);

  /** Hands all that was appended to the system. */
  void flush();

  /** Flushes, and lets go of what the store holds. */
  @Override
  void close();
}
