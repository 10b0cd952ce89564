package org.jobfold.call;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How the params of a folder get to its call with their exact names: as the text of a properties
 * file, in an environment variable. The text is ASCII, so that it is safe in every locale.
 */
public final class CallParams {
  /** The environment variable. */
  public static final String VARIABLE = "JOBFOLD_CALL_PARAMS";

  private CallParams() {}

  /** The params as text: a line {@code name=value} for each, sorted. */
  public static String text(Map<String, String> params) {
    Properties properties = new Properties();
    properties.putAll(params);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      properties.store(bytes, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes
        .toString(StandardCharsets.ISO_8859_1)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /** The params that a text stands for. */
  public static SortedMap<String, String> of(String text) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SortedMap<String, String> params = new TreeMap<>();
    properties.stringPropertyNames().forEach(n -> params.put(n, properties.getProperty(n, "")));
    return params;
  }
}
