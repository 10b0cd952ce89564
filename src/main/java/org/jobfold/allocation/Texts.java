package org.jobfold.allocation;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** The variables in which a batch system speaks. An empty one is none. */
final class Texts {
  private final Map<String, String> variables;

  Texts(Map<String, String> variables) {
    this.variables = variables;
  }

  boolean has(String name) {
    return text(name).isPresent();
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(t -> !t.isEmpty());
  }

  /** The first of these that is there: newer names first. */
  Optional<String> first(String... names) {
    for (String name : names) {
      if (has(name)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  OptionalInt number(String name) {
    OptionalLong number = large(name);
    if (number.isPresent() && number.getAsLong() > Integer.MAX_VALUE) {
      throw new UnreadableAllocation(name, "'" + number.getAsLong() + "' is too large a number");
    }
    return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
  }

  OptionalLong large(String name) {
    Optional<Long> number = read(name, Texts::parse);
    return number.isPresent() ? OptionalLong.of(number.get()) : OptionalLong.empty();
  }

  private static long parse(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw new IllegalArgumentException("'" + text + "' is no number");
    }
    return Long.parseLong(text);
  }

  /** Reads a variable, if it is there; what is wrong with it is told of it. */
  <T> Optional<T> read(String name, Function<String, T> reader) {
    try {
      return text(name).map(reader);
    } catch (IllegalArgumentException e) {
      throw new UnreadableAllocation(name, String.valueOf(e.getMessage()));
    }
  }

  static UnreadableAllocation disagree(String place, String what) {
    return new UnreadableAllocation(
        place,
        what
            + ": the variables do not go together, start jobfold with those that the batch system"
            + " has set, or say '--allocation local' to use this host alone");
  }
}
