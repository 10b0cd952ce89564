package org.jobfold.disk;

import java.util.List;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that all formats of folder files are read into: those of Commons Configuration, whose
 * values are always text, and which remember their line and whether they were entries of a list.
 */
final class Nodes {
  private static final String LINE = "line";
  private static final String LIST = "list";
  private static final String NULL = "null";

  private Nodes() {}

  /** A node to which children can be added. */
  static ImmutableNode.Builder at(String name, int line) {
    return new ImmutableNode.Builder().name(name).addAttribute(LINE, line);
  }

  /** A node with a text. */
  static ImmutableNode text(String name, String text, int line) {
    return at(name, line).value(text).create();
  }

  /** JSON's null: no text, and not the beginning of a group either. */
  static ImmutableNode nothing(String name, int line) {
    return at(name, line).addAttribute(NULL, NULL).create();
  }

  /** Adds the entries of a list to the node they are the value of. */
  static void addList(
      ImmutableNode.Builder parent, String name, int line, List<ImmutableNode> entries) {
    if (entries.isEmpty()) {
      parent.addChild(at(name, line).addAttribute(LIST, ListPart.EMPTY).create());
    }
    for (ImmutableNode entry : entries) {
      parent.addChild(entry.setAttribute(LIST, ListPart.ENTRY));
    }
  }

  static int line(ImmutableNode node) {
    return node.getAttributes().get(LINE) instanceof Integer line ? line : 0;
  }

  /** Whether this is JSON's null. */
  static boolean isNothing(ImmutableNode node) {
    return node.getAttributes().containsKey(NULL);
  }

  /** The text of a node, if it has one. */
  static @Nullable String text(ImmutableNode node) {
    return (String) node.getValue();
  }

  /** Whether this node was written as an entry of a list, or is an empty list. */
  static boolean isListed(ImmutableNode node) {
    return node.getAttributes().containsKey(LIST);
  }

  /** Whether this node stands for a list with nothing in it. */
  static boolean isEmptyList(ImmutableNode node) {
    return node.getAttributes().get(LIST) == ListPart.EMPTY;
  }

  private enum ListPart {
    EMPTY,
    ENTRY
  }
}
