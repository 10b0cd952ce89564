package org.jobfold.folder;

import java.util.Locale;
import java.util.regex.Pattern;

/** The variable of the environment in which a program finds a param. */
public final class ParamVariable {
  /** What all of them begin with. */
  public static final String PREFIX = "JOBFOLD_PARAM_";

  private static final Pattern NO_WORD = Pattern.compile("[^A-Z0-9_]");

  private ParamVariable() {}

  /** That of a param: {@code JOBFOLD_PARAM_T_MAX} of {@code t-max}. */
  public static String of(String param) {
    return PREFIX + NO_WORD.matcher(param.toUpperCase(Locale.ROOT)).replaceAll("_");
  }
}
