package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields that a page of {@code docs/formats} documents: those in the first columns of its
 * tables. {@code NAME} stands for a field whose name is the user's.
 */
record Documented(SortedSet<String> fields) {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
  private static final Set<String> MAPS =
      Set.of("errors", "interrupted", "env", "params", "tokens");

  static Documented in(String page) {
    try {
      String text = Files.readString(Path.of("docs", "formats", page));
      SortedSet<String> fields = new TreeSet<>();
      Matcher rows = ROW.matcher(text);
      while (rows.find()) {
        fields.add(rows.group(1));
      }
      assertThat(fields).isNotEmpty();
      return new Documented(fields);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** There is no field that is not documented. */
  void covers(JsonNode document) {
    assertThat(fields).containsAll(fieldsOf(document));
  }

  /** Every field that is documented is there. */
  void isWholeIn(JsonNode... documents) {
    SortedSet<String> there = new TreeSet<>();
    for (JsonNode document : documents) {
      there.addAll(fieldsOf(document));
    }
    assertThat(there).isEqualTo(fields);
  }

  private static SortedSet<String> fieldsOf(JsonNode document) {
    SortedSet<String> fields = new TreeSet<>();
    addAll("", document, fields);
    return fields;
  }

  private static void addAll(String prefix, JsonNode node, Set<String> fields) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = prefix + field.getKey();
      JsonNode value = field.getValue();
      fields.add(name);
      if (value.isArray()) {
        value.forEach(element -> addAll(name + "[].", element, fields));
      } else if (value.isObject()
          && MAPS.contains(field.getKey())
          && (prefix.isEmpty() || !value.isEmpty())) {
        value.forEach(
            element -> addAll(name.replace("interrupted", "errors") + ".NAME.", element, fields));
      } else if (value.isObject()) {
        addAll(name + ".", value, fields);
      }
    }
  }
}
