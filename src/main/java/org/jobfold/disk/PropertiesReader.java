package org.jobfold.disk;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.configuration2.PropertiesConfiguration.JupPropertiesReader;
import org.apache.commons.configuration2.ex.ConfigurationRuntimeException;
import org.apache.commons.configuration2.tree.ImmutableNode;

/**
 * Reads properties files: those of Java, but in UTF-8, with no blanks at the end of values, and
 * with no backslash lost unseen. A dot in a key leads into a group, {@code steps(1).name} into an
 * entry of a list; a key that is there several times is a list.
 */
final class PropertiesReader implements FileReader {
  private static final Pattern INDEXED = Pattern.compile("(.*)\\((\\d{1,6})\\)");

  @Override
  public ImmutableNode read(byte[] content) throws SyntaxException {
    Branch root = new Branch(1);
    Lines lines = new Lines(Utf8.decode(content));
    int before = 0;
    try {
      while (lines.nextProperty()) {
        int line = before + lines.getCommentLines().size() + 1;
        before = lines.getLineNumber();
        if (!lines.unknownEscape.isEmpty()) {
          String escape = lines.unknownEscape;
          throw new SyntaxException(
              line,
              "has '"
                  + escape
                  + "', which is no escape of properties files: write '\\"
                  + escape
                  + "' for a backslash");
        }
        put(root, lines.getPropertyName(), lines.getPropertyValue(), line);
      }
    } catch (IllegalArgumentException | ConfigurationRuntimeException e) {
      throw new SyntaxException(before + 1, "is not a properties file: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return root.node("");
  }

  private static void put(Branch root, String key, String text, int line) {
    int dot = key.indexOf('.');
    if (dot > 0 && Schema.isTable(key.substring(0, dot))) {
      root.below(key.substring(0, dot), line).below(key.substring(dot + 1), line).add(text, line);
    } else {
      root.put(key, text, line);
    }
  }

  /** Commons Configuration's reader, which says when a backslash would be lost. */
  private static final class Lines extends JupPropertiesReader {
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u.{0,4}|.)");
    private static final Pattern KNOWN_ESCAPE =
        Pattern.compile("\\\\(?:u\\p{XDigit}{4}|[rftn\\\\:=#! \"'])");

    private String unknownEscape = "";

    Lines(String text) {
      super(new StringReader(text));
    }

    @Override
    protected String unescapePropertyValue(String value) {
      Matcher escape = ESCAPE.matcher(value);
      while (unknownEscape.isEmpty() && escape.find()) {
        if (!KNOWN_ESCAPE.matcher(escape.group()).matches()) {
          unknownEscape = escape.group();
        }
      }
      return super.unescapePropertyValue(value.trim());
    }
  }

  /** A group of keys that grows. */
  private static final class Branch {
    private final int line;
    private final List<ImmutableNode> texts = new ArrayList<>();
    private final Map<String, Branch> named = new LinkedHashMap<>();
    private final Map<Integer, Branch> entries = new TreeMap<>();

    Branch(int line) {
      this.line = line;
    }

    void put(String key, String text, int at) {
      int dot = key.indexOf('.');
      String first = dot < 0 ? key : key.substring(0, dot);
      Matcher indexed = INDEXED.matcher(first);
      Branch below =
          indexed.matches()
              ? below(indexed.group(1), at)
                  .entries
                  .computeIfAbsent(Integer.valueOf(indexed.group(2)), i -> new Branch(at))
              : below(first, at);
      if (dot < 0) {
        below.add(text, at);
      } else {
        below.put(key.substring(dot + 1), text, at);
      }
    }

    Branch below(String name, int at) {
      return named.computeIfAbsent(name, n -> new Branch(at));
    }

    void add(String text, int at) {
      texts.add(Nodes.text("", text, at));
    }

    ImmutableNode node(String name) {
      ImmutableNode.Builder builder = Nodes.at(name, line);
      named.forEach((key, branch) -> branch.addTo(builder, key));
      return builder.create();
    }

    private void addTo(ImmutableNode.Builder parent, String name) {
      texts.forEach(text -> parent.addChild(text.setName(name)));
      if (!named.isEmpty()) {
        parent.addChild(node(name));
      }
      for (Branch entry : entries.values()) {
        entry.texts.forEach(text -> parent.addChild(text.setName(name)));
        if (!entry.named.isEmpty()) {
          parent.addChild(entry.node(name));
        }
      }
    }
  }
}
