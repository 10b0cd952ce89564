package org.jobfold.disk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.configuration2.tree.ImmutableNode;

/** Reads JSON and leaves every number the text it is. */
final class JsonReader implements FileReader {
  private final JsonFactory factory =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  @Override
  public ImmutableNode read(byte[] content) throws SyntaxException {
    try (JsonParser parser = factory.createParser(Utf8.decode(content))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new SyntaxException(line(parser), "is not a JSON object: write '{...}'");
      }
      ImmutableNode root = object("", 1, parser);
      if (parser.nextToken() != null) {
        throw new SyntaxException(line(parser), "goes on after the end of the JSON object");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new SyntaxException(
          e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
          "is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ImmutableNode object(String name, int line, JsonParser parser)
      throws IOException, SyntaxException {
    ImmutableNode.Builder builder = Nodes.at(name, line);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      int keyLine = line(parser);
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        List<ImmutableNode> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          if (parser.currentToken() == JsonToken.START_ARRAY) {
            throw new SyntaxException(line(parser), "has a list in the list '" + key + "'");
          }
          entries.add(node(key, line(parser), parser));
        }
        Nodes.addList(builder, key, keyLine, entries);
      } else {
        builder.addChild(node(key, keyLine, parser));
      }
    }
    return builder.create();
  }

  private static ImmutableNode node(String name, int line, JsonParser parser)
      throws IOException, SyntaxException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(name, line, parser);
      case VALUE_NULL -> Nodes.nothing(name, line);
      default -> Nodes.text(name, parser.getText(), line);
    };
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }
}
