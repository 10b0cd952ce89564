package org.jobfold.call;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a call is told: its params and where it runs.
 *
 * @param params the folder's params with those of the run laid over them, as text
 * @param directory the folder's directory, absolute; the working directory of the JVM
 * @param folder the folder's name, its path from the root of the tree: {@code /si/a5.43}
 * @param trial which trial this is, counted from 1
 * @param ranks how many ranks the folder has, at least 1
 * @param hosts the names of the hosts that they are on
 */
public record CallContext(
    SortedMap<String, String> params,
    Path directory,
    String folder,
    int trial,
    int ranks,
    List<String> hosts) {
  /** The name of the param that asks for a call although its files show success. */
  public static final String OVERWRITE = "overwrite";

  /** Copies the map and the list. */
  public CallContext {
    params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
    hosts = List.copyOf(hosts);
  }

  /** The param of this name, if the folder or the run gives one. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(params.get(name));
  }

  /**
   * The param of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public String text(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "folder '"
                        + folder
                        + "' has no param '"
                        + name
                        + "': add it to 'params' in its file"));
  }

  /**
   * The param of this name as a whole number.
   *
   * @throws IllegalArgumentException if there is none, or it is not a whole number of 32 bits
   */
  public int integer(String name) {
    return parsed(name, "a whole number", Integer::valueOf);
  }

  /**
   * The param of this name as a whole number of 64 bits.
   *
   * @throws IllegalArgumentException if there is none, or it is not a whole number of 64 bits
   */
  public long longInteger(String name) {
    return parsed(name, "a whole number", Long::valueOf);
  }

  /**
   * The param of this name as a number.
   *
   * @throws IllegalArgumentException if there is none, or it is not a number
   */
  public double number(String name) {
    return parsed(name, "a number", Double::valueOf);
  }

  /**
   * The param of this name as {@code true} or {@code false}.
   *
   * @throws IllegalArgumentException if there is none, or it is neither
   */
  public boolean flag(String name) {
    return parsed(
        name,
        "'true' or 'false'",
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException(text);
            });
  }

  /**
   * Whether a call is to be made although its files show success: the param {@code overwrite}.
   *
   * @throws IllegalArgumentException if it is neither {@code true} nor {@code false}
   */
  public boolean overwrite() {
    return params.containsKey(OVERWRITE) && flag(OVERWRITE);
  }

  private <T> T parsed(String name, String what, Function<String, T> parser) {
    String text = text(name).strip();
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "param '" + name + "' of folder '" + folder + "' is '" + text + "', not " + what, e);
    }
  }
}
