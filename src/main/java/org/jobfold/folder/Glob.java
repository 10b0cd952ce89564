package org.jobfold.folder;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A pattern for paths whose parts are separated by slashes. The rules are those of {@code
 * java.nio.file.FileSystem#getPathMatcher}: {@code *} and {@code ?} stay within a part, {@code **}
 * does not, <code>{a,b}</code> is either, {@code [a-c]} and {@code [!a-c]} one character of a part,
 * and a backslash takes the next character as it is. A dot at the beginning is like any other
 * character.
 *
 * <p>It never looks at files: it compares texts.
 */
public final class Glob {
  private static final String SPECIAL = "*?[{\\";

  private final String text;
  private final Pattern pattern;

  private Glob(String text, Pattern pattern) {
    this.text = text;
    this.pattern = pattern;
  }

  /**
   * Reads a glob.
   *
   * @throws IllegalArgumentException if it is not one; the message says why
   */
  public static Glob of(String text) {
    return new Glob(text, Pattern.compile(new Translation(text).regex(), Pattern.DOTALL));
  }

  /** Whether a text has a character that is special in globs. */
  public static boolean isGlob(String text) {
    return firstSpecial(text) < text.length();
  }

  /** Where the first special character is; the length of the text if there is none. */
  public static int firstSpecial(String text) {
    int at = 0;
    while (at < text.length() && SPECIAL.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  /** Whether the whole of a path matches. */
  public boolean matches(String path) {
    return pattern.matcher(path).matches();
  }

  /** How many parts every path has that matches; none if they may differ. */
  public OptionalInt parts() {
    boolean vary = text.contains("**") || (text.contains("{") && text.contains("/"));
    return vary
        ? OptionalInt.empty()
        : OptionalInt.of(1 + (int) text.chars().filter(c -> c == '/').count());
  }

  @Override
  public String toString() {
    return text;
  }

  /** Makes a regular expression of a glob. */
  private static final class Translation {
    private final String glob;
    private final StringBuilder regex = new StringBuilder();
    private int at;
    private boolean grouped;

    Translation(String glob) {
      this.glob = glob;
    }

    String regex() {
      while (at < glob.length()) {
        one(glob.charAt(at++));
      }
      if (grouped) {
        throw bad("a '}' is missing");
      }
      return regex.toString();
    }

    private void one(char c) {
      if (c == '\\') {
        if (at == glob.length()) {
          throw bad("nothing comes after the last backslash");
        }
        quoted(glob.charAt(at++));
      } else if (c == '*') {
        boolean across = at < glob.length() && glob.charAt(at) == '*';
        at += across ? 1 : 0;
        regex.append(across ? ".*" : "[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (c == '[') {
        characters();
      } else if (c == '{') {
        if (grouped) {
          throw bad("'{' within '{' and '}'");
        }
        grouped = true;
        regex.append("(?:(?:");
      } else if (c == '}' && grouped) {
        grouped = false;
        regex.append("))");
      } else if (c == ',' && grouped) {
        regex.append(")|(?:");
      } else {
        quoted(c);
      }
    }

    private void characters() {
      regex.append("(?!/)[");
      if (at < glob.length() && glob.charAt(at) == '!') {
        regex.append('^');
        at++;
      }
      int first = at;
      while (at < glob.length() && glob.charAt(at) != ']') {
        char c = glob.charAt(at++);
        if (c == '/') {
          throw bad("'/' within '[' and ']'");
        }
        quoted(c);
        boolean range =
            at + 1 < glob.length() && glob.charAt(at) == '-' && glob.charAt(at + 1) != ']';
        if (range) {
          char last = glob.charAt(at + 1);
          if (last < c) {
            throw bad("'" + c + "-" + last + "' goes backwards");
          }
          regex.append('-');
          quoted(last);
          at += 2;
        }
      }
      if (at == glob.length()) {
        throw bad("a ']' is missing");
      }
      if (at == first) {
        throw bad("nothing is within '[' and ']'");
      }
      at++;
      regex.append(']');
    }

    private void quoted(char c) {
      if (c < 128 && !Character.isLetterOrDigit(c)) {
        regex.append('\\');
      }
      regex.append(c);
    }

    private IllegalArgumentException bad(String why) {
      return new IllegalArgumentException("'" + glob + "' is not a glob: " + why + ": correct it");
    }
  }
}
