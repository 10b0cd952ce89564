package org.jobfold.disk;

import org.apache.commons.configuration2.tree.ImmutableNode;

/** Reads folder files of one format. Not to be shared between threads. */
interface FileReader {
  /**
   * Reads a whole file.
   *
   * @param content its bytes
   * @return the root, whose children are the keys; all values are the text that the user wrote
   * @throws SyntaxException if it is not well-formed
   */
  ImmutableNode read(byte[] content) throws SyntaxException;
}
