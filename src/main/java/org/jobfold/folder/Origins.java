package org.jobfold.folder;

import java.util.Map;
import java.util.Optional;

/**
 * Where values of a folder were written, by key, for messages. It is no part of the folder: any two
 * are equal, so that folders that differ in this alone are equal.
 */
public final class Origins {
  /** None was written in a file, as far as is known. */
  public static final Origins NONE = new Origins(Map.of());

  private final Map<String, Origin> byKey;

  private Origins(Map<String, Origin> byKey) {
    this.byKey = byKey;
  }

  /**
   * Those of these keys.
   *
   * @param byKey keys as they are in folder files, with dots: {@code tokens.licence}
   */
  public static Origins of(Map<String, Origin> byKey) {
    return byKey.isEmpty() ? NONE : new Origins(Map.copyOf(byKey));
  }

  /** Where the first of these keys was written that was. */
  public Origin of(String... keys) {
    for (String key : keys) {
      Optional<Origin> found = Optional.ofNullable(byKey.get(key));
      if (found.isPresent()) {
        return found.get();
      }
    }
    return Origin.NOWHERE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Origins;
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return byKey.toString();
  }
}
