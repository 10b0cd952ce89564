package org.jobfold.backend.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The last lines of what a trial printed.
 *
 * @param file the file that they are from, relative to the folder; empty where there are none
 * @param lines at most {@value #LINES}, none blank, without control characters
 */
record Tail(String file, List<String> lines) {
  /** No lines. */
  static final Tail NONE = new Tail("", List.of());

  private static final int LINES = 5;
  private static final int BYTES = 4096;
  private static final Pattern LINE_END = Pattern.compile("[\\r\\n]+");
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x80-\\x9f&&[^\\t]]");

  /** Of standard error; where that is empty, of standard output. */
  static Tail of(Streams streams) {
    Tail errors = of(streams.err(), streams.stderr());
    return errors.lines.isEmpty() ? of(streams.out(), streams.stdout()) : errors;
  }

  private static Tail of(String name, Path file) {
    List<String> lines = lines(end(file));
    return lines.isEmpty() ? NONE : new Tail(name, lines);
  }

  private static String end(Path file) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    try (FileChannel channel = FileChannel.open(file)) {
      long position = Math.max(0, channel.size() - BYTES);
      int got;
      do {
        got = channel.read(bytes, position + bytes.position());
      } while (got > 0);
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
      // A line that the limit cut is left out, unless there is no other.
      return position > 0 && text.strip().indexOf('\n') >= 0
          ? text.substring(text.indexOf('\n'))
          : text;
    } catch (IOException e) {
      return "";
    }
  }

  private static List<String> lines(String text) {
    List<String> lines =
        LINE_END
            .splitAsStream(text)
            .map(l -> CONTROL.matcher(COLOUR.matcher(l).replaceAll("")).replaceAll(""))
            .map(String::stripTrailing)
            .filter(l -> !l.isEmpty())
            .toList();
    return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
  }
}
