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
 *   <li>never fail in {@link #append} for want of room: entries are gathered until they are
 *       flushed;
 *   <li>fail in {@link #flush} with a {@link NotWrittenException} that names the file and the
 *       reason if it can not, and keep all that is not known to be written: {@link #flush} can be
 *       called again, as often as it takes, and hands over each entry once, in its order;
 *   <li>after a {@link #flush} that failed, never leave half an entry before a whole one.
 * </ul>
 *
 * <p>After a {@link #flush} that failed nothing is known of what it was to hand over: a caller must
 * not perform what is written in it before a later {@link #flush} returned.
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

  /** Which account of the tree this is, from 1 on: no two runs write to the same. */
  default int epoch() {
    return 1;
  }

  /** Names the run that it is the account of; empty where it has no name. */
  default String run() {
    return "";
  }

  /** Adds an entry. */
  void append(Entry entry);

  /**
   * Hands all that was appended to the system.
   *
   * @throws NotWrittenException if it can not now; calling it again later may help
   */
  void flush();

  /**
   * Flushes, and lets go of what the store holds.
   *
   * @throws NotWrittenException if something could not be written, which is lost then
   */
  @Override
  void close();
}
