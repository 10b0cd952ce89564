package org.jobfold.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The last lines of what a trial printed. Reads the end of a file, however long it is, and passes
 * over what launchers of MPI programs say after every failure.
 *
 * @param file the file that they are from, relative to the folder; empty where there are none
 * @param lines at most {@value #LINES}, none blank, without control characters
 */
public record Tail(String file, List<String> lines) {
  /** No lines. */
  public static final Tail NONE = new Tail("", List.of());

  private static final int LINES = 5;
  private static final int BYTES = 4096;
  private static final Pattern LINE_END = Pattern.compile("[\\r\\n]+");
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x80-\\x9f&&[^\\t]]");

  /** Copies the lines. */
  public Tail {
    lines = List.copyOf(lines);
  }

  /**
   * Of the first file that says anything of its own; where none does, of the first that has lines.
   *
   * @param directory the folder's
   * @param files names, relative to the directory; those that can not be read are passed over
   */
  public static Tail of(Path directory, List<String> files) {
    Tail second = NONE;
    for (String file : files) {
      List<String> all = lines(end(directory.resolve(file)));
      List<String> own = all.stream().filter(line -> !Boilerplate.is(line)).toList();
      if (!own.isEmpty()) {
        return last(file, own);
      }
      if (second.lines.isEmpty() && !all.isEmpty()) {
        second = last(file, all);
      }
    }
    return second;
  }

  private static Tail last(String file, List<String> lines) {
    return new Tail(file, lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }

  private static String end(Path file) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    if (!Files.isRegularFile(file)) {
      return "";
    }
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
    return LINE_END
        .splitAsStream(text)
        .map(l -> CONTROL.matcher(COLOUR.matcher(l).replaceAll("")).replaceAll(""))
        .map(String::stripTrailing)
        .filter(l -> !l.isEmpty())
        .toList();
  }
}
