package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** What is written in the file is what {@code config} shows, letter by letter. */
class SettingsProperties {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Path root = Path.of("");

  @BeforeProperty
  void make() throws IOException {
    root = Files.createTempDirectory("jobfold-settings");
  }

  @AfterProperty
  void tidyUp() throws IOException {
    Files.deleteIfExists(root.resolve("jobfold.yaml"));
    Files.delete(root);
  }

  @Property(tries = 200)
  void roundTrip(
      @ForAll @IntRange(min = 1, max = 1_000_000) int nbpools,
      @ForAll("texts") String command,
      @ForAll("params") Map<String, String> params)
      throws IOException {
    ObjectNode file = JSON.createObjectNode();
    file.put("nbpools", nbpools).put("match", "in.*").put("command", command);
    ObjectNode below = file.putObject("params");
    params.forEach(below::put);
    // JSON is YAML.
    JSON.writeValue(root.resolve("jobfold.yaml").toFile(), file);

    InProcess config = InProcess.jobfold("config", root.toString(), "--json");

    assertThat(config.err()).isEmpty();
    Map<String, String> expected = new TreeMap<>();
    expected.put("nbpools", String.valueOf(nbpools));
    expected.put("match", "in.*");
    expected.put("command", command);
    params.forEach((name, value) -> expected.put("params." + name, value));
    Map<String, String> shown = new TreeMap<>();
    for (JsonNode setting : JSON.readTree(config.out()).get("settings")) {
      if (setting.get("origin").asText().equals("file")) {
        shown.put(setting.get("name").asText(), setting.get("value").asText());
      }
    }
    assertThat(shown).isEqualTo(expected);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars("ab=,'\"#:{}[]$%&*!|>-?\\/ \u00e9\u20ac")
        .ofMinLength(1)
        .ofMaxLength(12)
        .filter(text -> !text.isBlank() && !text.contains("${"));
  }

  @Provide
  Arbitrary<Map<String, String>> params() {
    Arbitrary<String> names =
        Arbitraries.strings().withChars("abT_-+ \u00e9").ofMinLength(1).ofMaxLength(6);
    return Arbitraries.maps(names, texts()).ofMaxSize(4);
  }
}
