package org.jobfold.disk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a tree.
 *
 * @param set which division of the tree it is of, counted from 1
 * @param index which part of it, counted from 1
 */
public record PartName(int set, int index) {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})\\.([1-9][0-9]{0,8})");

  /**
   * Reads {@code 3.17}.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  public static PartName parse(String text) {
    Matcher found = FORM.matcher(text);
    if (!found.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no part: it is written like '3.17'");
    }
    return new PartName(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)));
  }

  @Override
  public String toString() {
    return set + "." + index;
  }
}
