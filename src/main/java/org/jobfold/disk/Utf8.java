package org.jobfold.disk;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text of files. */
final class Utf8 {
  private Utf8() {}

  /** Decodes; refuses what is not UTF-8. A byte order mark in front is left out. */
  static String decode(byte[] content) throws SyntaxException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new SyntaxException(0, "is not in UTF-8: save it in that encoding");
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
