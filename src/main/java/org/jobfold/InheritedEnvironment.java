package org.jobfold;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The environment that the user started jobfold with.
 *
 * <p>Java reads file names in the character set of the locale; where the user's is not UTF-8, the
 * start script gives the JVM one that is, and says in the system properties {@code
 * jobfold.locale.changed} and {@code jobfold.locale.LC_ALL} what was there before. Trials get that
 * back.
 */
final class InheritedEnvironment {
  private static final String LC_ALL = "LC_ALL";

  private InheritedEnvironment() {}

  /** All variables as the user had them. */
  static Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>(System.getenv());
    if (localeWasChanged()) {
      variables.remove(LC_ALL);
      originalLocale().ifPresent(locale -> variables.put(LC_ALL, locale));
    }
    return Collections.unmodifiableMap(variables);
  }

  /** The variables of this JVM that trials must not see. */
  static Set<String> hidden() {
    return localeWasChanged() ? Set.of(LC_ALL) : Set.of();
  }

  /** The variables that trials get in their place. */
  static Map<String, String> restored() {
    return localeWasChanged()
        ? originalLocale().map(locale -> Map.of(LC_ALL, locale)).orElse(Map.of())
        : Map.of();
  }

  private static boolean localeWasChanged() {
    return Boolean.getBoolean("jobfold.locale.changed");
  }

  private static Optional<String> originalLocale() {
    return Optional.ofNullable(System.getProperty("jobfold.locale." + LC_ALL));
  }
}
