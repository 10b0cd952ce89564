package org.jobfold.backend.local;

import java.io.IOException;
import java.io.Reader;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for a pattern in the lines of a file of any size, with little memory.
 *
 * <p>Lines end at a line feed, with or without a carriage return before it. The text is UTF-8; what
 * is not reads as replacement characters. A line of more than a million characters is searched in
 * overlapping pieces, so that a match of up to {@value #OVERLAP} characters is found wherever it
 * is.
 */
final class LineSearch {
  private static final int FIRST = 1 << 16;
  private static final int LONGEST = 1 << 20;
  private static final int OVERLAP = 1 << 16;

  private final Pattern pattern;
  private char[] chars = new char[FIRST];
  private Matcher matcher;

  /** Where the line begins that is not searched yet, and how far the text goes. */
  private int start;

  private int end;

  /** How much of the text has no line feed in it, from the start on. */
  private int scanned;

  /** Whether the start is inside a line whose earlier piece was searched. */
  private boolean inside;

  private LineSearch(Pattern pattern) {
    this.pattern = pattern;
    this.matcher = matcherOf(chars.length);
  }

  /** Whether a line of the file has a match. */
  static boolean finds(Pattern pattern, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file);
        Reader reader =
            Channels.newReader(
                channel,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE),
                FIRST)) {
      return new LineSearch(pattern).finds(reader);
    }
  }

  private boolean finds(Reader reader) throws IOException {
    while (true) {
      int got = reader.read(chars, end, chars.length - end);
      if (got < 0) {
        return start < end && finds(end);
      }
      end += got;
      if (findsInLines() || (start == 0 && end == chars.length && findsInPiece())) {
        return true;
      }
      makeRoom();
    }
  }

  private boolean findsInLines() {
    for (int i = scanned; i < end; i++) {
      if (chars[i] == '\n') {
        if (finds(i > start && chars[i - 1] == '\r' ? i - 1 : i)) {
          return true;
        }
        start = i + 1;
        inside = false;
      }
    }
    scanned = end;
    return false;
  }

  /** Searches a line, or the last piece of one, that ends before {@code to}. */
  private boolean finds(int to) {
    if (inside) {
      // The first character only tells an anchor that the line did not begin here.
      return pattern
          .matcher(CharBuffer.wrap(chars, 0, to))
          .region(Math.min(1, to), to)
          .useAnchoringBounds(false)
          .useTransparentBounds(true)
          .find();
    }
    return matcher.region(start, to).find();
  }

  /** The buffer is one line without an end: grows it, or searches it and keeps the overlap. */
  private boolean findsInPiece() {
    if (chars.length < LONGEST) {
      chars = Arrays.copyOf(chars, chars.length * 2);
      matcher = matcherOf(chars.length);
      return false;
    }
    // The last character only tells an anchor that the line does not end here.
    if (pattern
        .matcher(CharBuffer.wrap(chars))
        .region(inside ? 1 : 0, end - 1)
        .useAnchoringBounds(false)
        .useTransparentBounds(true)
        .find()) {
      return true;
    }
    start = end - OVERLAP;
    inside = true;
    return false;
  }

  private void makeRoom() {
    if (start > 0) {
      System.arraycopy(chars, start, chars, 0, end - start);
      end -= start;
      scanned -= start;
      start = 0;
    }
  }

  private Matcher matcherOf(int length) {
    return pattern.matcher(CharBuffer.wrap(chars, 0, length));
  }
}
