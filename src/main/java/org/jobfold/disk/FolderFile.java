package org.jobfold.disk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.jobfold.disk.Schema.CommandLine;
import org.jobfold.disk.Schema.Either;
import org.jobfold.disk.Schema.Group;
import org.jobfold.disk.Schema.Groups;
import org.jobfold.disk.Schema.One;
import org.jobfold.disk.Schema.Several;
import org.jobfold.disk.Schema.SeveralOrNone;
import org.jobfold.disk.Schema.Table;
import org.jobfold.disk.Schema.TextsOrGroups;
import org.jspecify.annotations.Nullable;

/**
 * One folder file: what it says for each key. What is wrong whatever other files say is found here
 * and left out, so that it is reported once and does not spread to the folders below.
 *
 * @param source where it is
 * @param entries by key, in the order of the file
 * @param whole whether nothing had to be left out
 */
record FolderFile(Source source, Map<String, Entry> entries, boolean whole) {
  private static final List<String> STAYING = List.of("depends", "finally", "tagged");

  /** Takes what a reader read of a file with such keys. */
  static FolderFile of(ImmutableNode root, Keys keys, Source source, Findings findings) {
    Check check = new Check(keys, source, findings);
    check.group(root, keys.group(), "");
    if (keys.isOfFolders()) {
      check.functional("", root);
    }
    return new FolderFile(source, check.entries, check.whole);
  }

  /** A file of which nothing is known. */
  static FolderFile unreadable(Source source) {
    return new FolderFile(source, Map.of(), false);
  }

  /** The same in another place. */
  FolderFile in(Source place) {
    Map<String, Entry> moved = new LinkedHashMap<>();
    entries.forEach(
        (key, entry) -> moved.put(key, new Entry(key, entry.texts(), place, entry.line())));
    return new FolderFile(place, moved, whole);
  }

  /** Whether it says what to run. */
  boolean hasFunctional() {
    return entries.keySet().stream().anyMatch(FolderFile::isOfFunctional);
  }

  /** The name of a key that is not inherited though it says nothing to run, if it is of such. */
  static Optional<String> staying(String key) {
    return STAYING.stream()
        .filter(name -> key.equals(name) || key.startsWith(name + "("))
        .findAny();
  }

  /** Whether a key is part of what to run. */
  static boolean isOfFunctional(String key) {
    return key.startsWith("command") || key.startsWith("call.") || key.startsWith("steps");
  }

  /** The checks of one file. */
  private static final class Check {
    private final Keys keys;
    private final Source source;
    private final Findings findings;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private boolean whole = true;

    Check(Keys keys, Source source, Findings findings) {
      this.keys = keys;
      this.source = source;
      this.findings = findings;
    }

    private void problem(ImmutableNode node, String message) {
      problem(Nodes.line(node), message);
    }

    private void problem(int line, String message) {
      whole = false;
      findings.add(source.problem(line, message));
    }

    void group(ImmutableNode group, Group schema, String prefix) {
      String text = Nodes.text(group);
      if (text != null && !text.isEmpty()) {
        problem(
            group,
            prefix.isEmpty()
                ? "'" + text + "' belongs to no key: write 'key: value'"
                : named(prefix)
                    + " is '"
                    + text
                    + "': write its keys below it: "
                    + String.join(", ", schema.keys().keySet()));
      }
      Map<String, List<ImmutableNode>> byName = new LinkedHashMap<>();
      for (ImmutableNode child : group.getChildren()) {
        byName.computeIfAbsent(child.getNodeName(), name -> new ArrayList<>(1)).add(child);
      }
      byName.forEach((name, nodes) -> key(nodes, name, schema, prefix));
      if (schema.equals(Schema.CALL) && !byName.containsKey("class")) {
        problem(group, named(prefix) + " names no class: write 'class: my.Functional'");
      }
      if (entries.containsKey(prefix + "pattern") && !entries.containsKey(prefix + "file")) {
        Entry pattern = Objects.requireNonNull(entries.remove(prefix + "pattern"));
        if (!byName.containsKey("file")) {
          problem(
              pattern.line(),
              "'" + pattern.key() + "' is in no file: write '" + prefix + "file' as well");
        }
      }
    }

    private void key(List<ImmutableNode> nodes, String name, Group group, String prefix) {
      Schema schema = chosen(group.keys().get(name), nodes);
      ImmutableNode node = nodes.get(0);
      String key = prefix + name;
      if (schema == null) {
        problem(
            node,
            prefix.isEmpty() && keys.elsewhere().contains(name)
                ? "'" + name + "' " + keys.advice()
                : prefix.isEmpty() && keys.isOfFolders() && Schema.LATER.contains(name)
                    ? "'" + name + "' is not supported by this version: take it out"
                    : "unknown key '" + key + "': " + group.unknown(name));
      } else if (Nodes.isEmptyList(node)) {
        if (schema instanceof SeveralOrNone) {
          entries.put(key, new Entry(key, List.of(), source, Nodes.line(node)));
          return;
        }
        if (schema instanceof TextsOrGroups) {
          return;
        }
        problem(node, named(key) + " is an empty list: write something, or take the key out");
      } else if (nodes.stream().anyMatch(Nodes::isNothing)) {
        problem(node, named(key) + " is null: write something, or take the key out");
      } else if (schema instanceof Several several) {
        texts(nodes, key, several.type());
      } else if (schema instanceof SeveralOrNone several) {
        boolean nothing = nodes.size() == 1 && "".equals(Nodes.text(node));
        if (nothing && node.getChildren().isEmpty() && !Nodes.isListed(node)) {
          entries.put(key, new Entry(key, List.of(), source, Nodes.line(node)));
        } else {
          texts(nodes, key, several.type());
        }
      } else if (schema instanceof TextsOrGroups several) {
        for (int i = 0; i < nodes.size(); i++) {
          textOrGroup(nodes.get(i), several, key + "(" + i + ")");
        }
      } else if (schema instanceof Groups groups) {
        for (int i = 0; i < nodes.size(); i++) {
          step(nodes.get(i), groups.each(), key + "(" + i + ")");
        }
      } else if (schema instanceof CommandLine && Nodes.isListed(node)) {
        texts(nodes, key + "." + Schema.ARGV, TextType.ANY);
      } else if (nodes.size() > 1) {
        problem(
            nodes.get(1),
            Nodes.isListed(node)
                ? named(key) + " is a list: write one value"
                : named(key) + " is there " + nodes.size() + " times: keep one");
      } else if (Nodes.isListed(node)) {
        problem(node, named(key) + " is a list: write one value");
      } else {
        single(node, key, schema);
      }
    }

    private static @Nullable Schema chosen(@Nullable Schema schema, List<ImmutableNode> nodes) {
      if (!(schema instanceof Either either)) {
        return schema;
      }
      return nodes.stream().allMatch(node -> node.getChildren().isEmpty())
          ? either.plain()
          : either.below();
    }

    private void single(ImmutableNode node, String key, Schema schema) {
      if (schema instanceof One one) {
        texts(List.of(node), key, one.type());
      } else if (schema instanceof Table table) {
        String text = Nodes.text(node);
        if (text != null && !text.isEmpty()) {
          problem(node, named(key) + " is '" + text + "': write names and values below it");
        }
        table(node, table, key + ".", key + ".");
      } else if (schema instanceof Group below) {
        group(node, below, key + ".");
      } else if (node.getChildren().isEmpty()) {
        texts(List.of(node), key, TextType.WORDS);
      } else {
        group(node, new Group(Map.of(Schema.ARGV, new Several(TextType.ANY))), key + ".");
      }
    }

    private void step(ImmutableNode node, Group schema, String key) {
      group(node, schema, key + ".");
      if (node.getChildren("name").isEmpty()) {
        problem(node, "'" + key + "' has no name: write 'name: ...'");
      }
      if (!functional(key + ".", node)) {
        problem(node, "'" + key + "' runs nothing: write 'command' or 'call'");
      }
    }

    private void textOrGroup(ImmutableNode node, TextsOrGroups schema, String key) {
      if (node.getChildren().isEmpty()) {
        texts(List.of(node), key + "." + schema.plain(), schema.type());
        return;
      }
      group(node, schema.each(), key + ".");
      if (node.getChildren(schema.plain()).isEmpty()) {
        problem(node, "'" + key + "' has no name: write 'name: ...'");
      }
    }

    /** Whether a node says what to run; it may say it in one way only. */
    boolean functional(String prefix, ImmutableNode node) {
      List<ImmutableNode> said =
          node.getChildren().stream()
              .filter(child -> Schema.FUNCTIONALS.contains(child.getNodeName()))
              .toList();
      List<String> names = said.stream().map(ImmutableNode::getNodeName).distinct().toList();
      if (names.size() > 1) {
        entries.keySet().removeIf(key -> isOfFunctional(key) && prefix.isEmpty());
        problem(
            said.get(1),
            "'"
                + prefix
                + String.join("' and '" + prefix, names)
                + "' can not stand together: keep one");
      }
      return !names.isEmpty();
    }

    /**
     * Takes the names and values of a table, or of a group in it.
     *
     * @param top what the keys of the whole table begin with
     * @param prefix what the keys of this group begin with
     */
    private void table(ImmutableNode group, Table table, String top, String prefix) {
      for (ImmutableNode node : group.getChildren()) {
        String key = prefix + node.getNodeName();
        if (!node.getChildren().isEmpty()) {
          table(node, table, top, key + ".");
        }
        if (!isName(node.getNodeName())) {
          problem(node, "'" + key + "' is not a name: write one without '='");
        } else if (Nodes.isListed(node)) {
          problem(node, named(key) + " is a list: write one value");
        } else if (node.getChildren().isEmpty() && Nodes.isNothing(node)) {
          problem(node, named(key) + " is null: write something, or take the key out");
        } else if (node.getValue() != null) {
          Entry before = entries.get(key);
          if (before == null) {
            named(node, key, key.substring(top.length()), table);
          } else {
            problem(node, named(key) + " is there twice: keep one");
          }
        }
      }
    }

    private void named(ImmutableNode node, String key, String name, Table table) {
      try {
        table.names().parse(name);
      } catch (IllegalArgumentException e) {
        problem(node, "a name in '" + key + "' " + e.getMessage());
        return;
      }
      texts(List.of(node), key, table.type());
    }

    /** Whether it can be the name of a variable of the environment. */
    private static boolean isName(String name) {
      return !name.isEmpty() && name.indexOf('=') < 0 && name.indexOf('\0') < 0;
    }

    private void texts(List<ImmutableNode> nodes, String key, TextType<?> type) {
      List<String> texts = new ArrayList<>(nodes.size());
      for (ImmutableNode node : nodes) {
        String text = Nodes.text(node);
        if (text == null || !node.getChildren().isEmpty()) {
          problem(node, named(key) + " has keys below it: write a single value");
          return;
        }
        if (!Entry.isTemplate(text)) {
          try {
            type.parse(text);
          } catch (IllegalArgumentException e) {
            problem(node, named(key) + " " + e.getMessage());
            return;
          }
        }
        texts.add(text);
      }
      entries.put(key, new Entry(key, texts, source, Nodes.line(nodes.get(0))));
    }

    private static String named(String key) {
      String name = key.endsWith(".") ? key.substring(0, key.length() - 1) : key;
      return "'" + name + "'";
    }
  }
}
