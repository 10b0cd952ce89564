package org.jobfold.disk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads XML. An attribute counts as an element inside; space around text is left out unless {@code
 * xml:space="preserve"} holds.
 *
 * <p>It never looks at a document type or at anything outside the file.
 */
final class XmlReader implements FileReader {
  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";
  private static final String ROOT = "job";

  private final SAXParser parser;

  XmlReader() {
    try {
      SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature(NO_DOCTYPE, true);
      parser = factory.newSAXParser();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("this JVM has no XML parser that refuses doctypes", e);
    }
  }

  @Override
  public ImmutableNode read(byte[] content) throws SyntaxException {
    Building building = new Building();
    try {
      parser.parse(new InputSource(new ByteArrayInputStream(content)), building);
    } catch (SAXParseException e) {
      String reason = String.valueOf(e.getMessage());
      throw new SyntaxException(
          Math.max(0, e.getLineNumber()),
          reason.contains(NO_DOCTYPE)
              ? "has a document type: take it out"
              : "is not XML: " + reason);
    } catch (SAXException e) {
      throw e.getCause() instanceof SyntaxException own
          ? own
          : new SyntaxException(0, "is not XML: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Objects.requireNonNull(building.root);
  }

  /** One element that is not closed. */
  private static final class Open {
    final ImmutableNode.Builder builder;
    final StringBuilder text = new StringBuilder();
    final boolean preserve;
    boolean leaf = true;

    Open(ImmutableNode.Builder builder, boolean preserve) {
      this.builder = builder;
      this.preserve = preserve;
    }
  }

  /** One file. */
  private static final class Building extends DefaultHandler {
    private final Deque<Open> stack = new ArrayDeque<>();
    private @Nullable Locator locator;
    @Nullable ImmutableNode root;

    @Override
    public void setDocumentLocator(Locator documentLocator) {
      locator = documentLocator;
    }

    @Override
    public void startElement(String uri, String localName, String name, Attributes attributes)
        throws SAXException {
      int line = locator == null ? 0 : locator.getLineNumber();
      Open parent = stack.peek();
      if (parent == null && !name.equals(ROOT)) {
        throw new SAXException(
            new SyntaxException(
                line, "has the root element '" + name + "': call it '" + ROOT + "'"));
      }
      if (parent != null) {
        parent.leaf = false;
      }
      String space = attributes.getValue("xml:space");
      boolean preserve =
          space == null ? parent != null && parent.preserve : "preserve".equals(space);
      Open open = new Open(Nodes.at(parent == null ? "" : name, line), preserve);
      for (int i = 0; i < attributes.getLength(); i++) {
        String key = attributes.getQName(i);
        if (!key.startsWith("xml")) {
          open.leaf = false;
          open.builder.addChild(Nodes.text(key, attributes.getValue(i), line));
        }
      }
      stack.push(open);
    }

    @Override
    public void characters(char[] characters, int start, int length) {
      Open open = stack.peek();
      if (open != null) {
        open.text.append(characters, start, length);
      }
    }

    @Override
    public void endElement(String uri, String localName, String name) {
      Open closed = stack.pop();
      String trimmed = closed.text.toString().trim();
      if (closed.leaf) {
        closed.builder.value(closed.preserve ? closed.text.toString() : trimmed);
      } else if (!trimmed.isEmpty()) {
        closed.builder.value(trimmed);
      }
      ImmutableNode node = closed.builder.create();
      Open parent = stack.peek();
      if (parent == null) {
        root = node;
      } else {
        parent.builder.addChild(node);
      }
    }
  }
}
