package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jobfold.folder.FolderName;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.NonPrintableStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;

/** Params of any names and texts come out of every format as they went in. */
class ParamsProperties {
  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void yaml(@ForAll("params") Map<String, Object> params) throws SyntaxException {
    DumperOptions options = new DumperOptions();
    options.setDefaultScalarStyle(ScalarStyle.DOUBLE_QUOTED);
    options.setNonPrintableStyle(NonPrintableStyle.ESCAPE);
    String text = new Yaml(options).dump(Map.of("params", params));

    assertThat(read(new YamlReader(), text)).isEqualTo(flat(params));
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void json(@ForAll("params") Map<String, Object> params) throws Exception {
    String text = new ObjectMapper().writeValueAsString(Map.of("params", params));

    assertThat(read(new JsonReader(), text)).isEqualTo(flat(params));
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void properties(@ForAll("params") Map<String, Object> params) throws SyntaxException {
    StringBuilder text = new StringBuilder();
    flat(params)
        .forEach(
            (key, value) ->
                text.append("params.")
                    .append(escaped(key))
                    .append(" = ")
                    .append(escaped(value))
                    .append('\n'));

    assertThat(read(new PropertiesReader(), text.toString())).isEqualTo(flat(params));
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void xml(@ForAll("xmlParams") Map<String, Object> params) throws SyntaxException {
    String text = "<job xml:space='preserve'><params>" + elements(params) + "</params></job>";

    assertThat(read(new XmlReader(), text)).isEqualTo(flat(params));
  }

  @Provide
  Arbitrary<Map<String, Object>> params() {
    Arbitrary<String> names =
        Arbitraries.strings()
            .withCharRange(' ', '\u017f')
            .excludeChars('=', '.', '\u007f', '\u0085')
            .ofMinLength(1)
            .ofMaxLength(12)
            .filter(name -> name.chars().noneMatch(Character::isISOControl));
    Arbitrary<String> texts =
        Arbitraries.strings()
            .withCharRange(' ', '\ud7ff')
            .withChars('\t', '\n', '\\', '"', '\'', ':', '#', '$', '{', '}')
            .excludeChars('\u007f')
            .ofMaxLength(20);
    return nested(names, texts);
  }

  @Provide
  Arbitrary<Map<String, Object>> xmlParams() {
    Arbitrary<String> names =
        Arbitraries.strings().withCharRange('a', 'z').withChars('\u00e4', '_').ofLength(4);
    Arbitrary<String> texts =
        Arbitraries.strings()
            .withCharRange(' ', '\ud7ff')
            .withChars('\t', '\n', '<', '>', '&', ']')
            .ofMaxLength(20);
    return nested(names.map(name -> "p" + name), texts);
  }

  private static Arbitrary<Map<String, Object>> nested(
      Arbitrary<String> names, Arbitrary<String> texts) {
    Arbitrary<Object> leaf = texts.map(text -> text);
    Arbitrary<Object> inner =
        Arbitraries.maps(names, leaf).ofMinSize(1).ofMaxSize(3).map(map -> map);
    return Arbitraries.maps(names, Arbitraries.oneOf(leaf, inner)).ofMinSize(1).ofMaxSize(5);
  }

  private static Map<String, String> read(FileReader reader, String text) throws SyntaxException {
    Findings findings = new Findings();
    FolderFile file =
        FolderFile.of(
            reader.read(text.getBytes(StandardCharsets.UTF_8)),
            Keys.ofFolders(Set.of()),
            new Source("job", FolderName.ROOT),
            findings);
    assertThat(findings.scan("", name -> false).problems()).isEmpty();
    Map<String, String> params = new TreeMap<>();
    file.entries()
        .forEach((key, e) -> params.put(key.substring("params.".length()), e.texts().get(0)));
    return params;
  }

  private static Map<String, String> flat(Map<?, ?> params) {
    Map<String, String> flat = new LinkedHashMap<>();
    params.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> inner) {
            flat(inner).forEach((below, text) -> flat.put(key + "." + below, text));
          } else {
            flat.put((String) key, (String) value);
          }
        });
    return flat;
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '.');
              escaped.append(plain ? Character.toString(c) : "\\u%04x".formatted(c));
            });
    return escaped.toString();
  }

  private static String elements(Map<?, ?> params) {
    StringBuilder text = new StringBuilder();
    params.forEach(
        (key, value) ->
            text.append("<%s>".formatted(key))
                .append(
                    value instanceof Map<?, ?> inner
                        ? elements(inner)
                        : ((String) value)
                            .replace("&", "&amp;")
                            .replace("<", "&lt;")
                            .replace(">", "&gt;"))
                .append("</%s>".formatted(key)));
    return text.toString();
  }
}
