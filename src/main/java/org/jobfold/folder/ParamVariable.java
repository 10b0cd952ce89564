package org.jobfold.folder;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The variable of the environment in which a program finds a param. */
public final class ParamVariable {
  /** What all of them begin with. */
  public static final String PREFIX = "JOBFOLD_PARAM_";

  private static final Pattern NO_WORD = Pattern.compile("[^A-Z0-9_]");

  private ParamVariable() {}

  /** Why params can not all be found by programs, for people: two would be one variable. */
  public static Optional<String> clash(Set<String> params) {
    Map<String, String> byVariable = new HashMap<>();
    for (String param : params) {
      String variable = of(param);
      String other = byVariable.put(variable, param);
      if (other != null) {
        return Optional.of(
            "params '"
                + other
                + "' and '"
                + param
                + "' would both be the variable '"
                + variable
                + "': give one another name");
      }
    }
    return Optional.empty();
  }

  /** That of a param: {@code JOBFOLD_PARAM_T_MAX} of {@code t-max}. */
  public static String of(String param) {
    return PREFIX + NO_WORD.matcher(param.toUpperCase(Locale.ROOT)).replaceAll("_");
  }
}
