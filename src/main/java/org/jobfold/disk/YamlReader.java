package org.jobfold.disk;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML and leaves every scalar the text it is: {@code 0.0001}, {@code 5.430}, {@code 007} and
 * {@code yes} stay what the user wrote. Anchors, aliases and {@code <<} work.
 *
 * <p>It never constructs objects: tags are refused.
 */
final class YamlReader implements FileReader {
  /** More than any folder file has; a few aliases of aliases can stand for billions. */
  private static final int MOST_NODES = 100_000;

  private static final Set<Tag> TAGS = Set.of(Tag.STR, Tag.MAP, Tag.SEQ);

  private final Yaml yaml;

  YamlReader() {
    LoaderOptions options = new LoaderOptions();
    DumperOptions unused = new DumperOptions();
    yaml =
        new Yaml(
            new SafeConstructor(options), new Representer(unused), unused, options, new AllText());
  }

  @Override
  public ImmutableNode read(byte[] content) throws SyntaxException {
    @Nullable Node root;
    try {
      root = yaml.compose(new StringReader(Utf8.decode(content)));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      throw new SyntaxException(
          mark == null ? 0 : mark.getLine() + 1,
          "is not YAML: " + e.getProblem() + ": mend the line");
    } catch (YAMLException e) {
      throw new SyntaxException(0, "is not YAML: " + e.getMessage());
    }
    if (root == null) {
      return Nodes.at("", 1).create();
    }
    if (!(root instanceof MappingNode mapping)) {
      throw new SyntaxException(line(root), "holds no keys: write lines such as 'key: value'");
    }
    ImmutableNode.Builder builder = Nodes.at("", 1);
    new Conversion().addChildren(builder, mapping);
    return builder.create();
  }

  private static int line(Node node) {
    return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
  }

  /** One file. */
  private static final class Conversion {
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int left = MOST_NODES;

    private void addChildren(ImmutableNode.Builder parent, MappingNode mapping)
        throws SyntaxException {
      enter(mapping);
      addChildren(parent, mapping, new HashSet<>());
      open.remove(mapping);
    }

    /** Adds what is written here, then what is merged and not written here. */
    private void addChildren(ImmutableNode.Builder parent, MappingNode mapping, Set<String> names)
        throws SyntaxException {
      List<Node> merged = new ArrayList<>();
      Set<String> here = new HashSet<>();
      for (NodeTuple tuple : mapping.getValue()) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
          throw new SyntaxException(
              line(tuple.getKeyNode()), "has a key that is not a word: write 'key: value'");
        }
        String name = key.getValue();
        if (name.equals("<<") && key.isPlain()) {
          merged.add(tuple.getValueNode());
        } else if (!here.add(name)) {
          throw new SyntaxException(line(key), "has the key '" + name + "' twice: keep one");
        } else if (names.add(name)) {
          add(parent, name, line(key), tuple.getValueNode());
        }
      }
      for (Node node : merged) {
        merge(parent, node, names);
      }
    }

    private void merge(ImmutableNode.Builder parent, Node node, Set<String> names)
        throws SyntaxException {
      enter(node);
      if (node instanceof MappingNode mapping) {
        addChildren(parent, mapping, names);
      } else if (node instanceof SequenceNode list) {
        for (Node each : list.getValue()) {
          merge(parent, each, names);
        }
      } else {
        throw new SyntaxException(line(node), "merges with '<<' what has no keys: name an anchor");
      }
      open.remove(node);
    }

    private void add(ImmutableNode.Builder parent, String name, int line, Node value)
        throws SyntaxException {
      if (value instanceof SequenceNode list) {
        enter(list);
        List<ImmutableNode> entries = new ArrayList<>();
        for (Node each : list.getValue()) {
          if (each instanceof SequenceNode) {
            throw new SyntaxException(line(each), "has a list in the list '" + name + "'");
          }
          entries.add(node(name, line(each), each));
        }
        Nodes.addList(parent, name, line, entries);
        open.remove(list);
      } else {
        parent.addChild(node(name, line, value));
      }
    }

    private ImmutableNode node(String name, int line, Node value) throws SyntaxException {
      if (value instanceof MappingNode mapping) {
        ImmutableNode.Builder builder = Nodes.at(name, line);
        addChildren(builder, mapping);
        return builder.create();
      }
      count(value);
      return Nodes.text(name, ((ScalarNode) value).getValue(), line);
    }

    private void enter(Node node) throws SyntaxException {
      count(node);
      if (!open.add(node)) {
        throw new SyntaxException(line(node), "has an alias inside of what it stands for");
      }
    }

    private void count(Node node) throws SyntaxException {
      if (!TAGS.contains(node.getTag())) {
        throw new SyntaxException(
            line(node),
            "has the tag '" + node.getTag() + "', which says nothing here: take it out");
      }
      if (left-- == 0) {
        throw new SyntaxException(line(node), "holds more than " + MOST_NODES + " values");
      }
    }
  }

  /** Sees no numbers, dates and truth values: all is text. */
  private static final class AllText extends Resolver {
    @Override
    protected void addImplicitResolvers() {}
  }
}
