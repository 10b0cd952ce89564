package org.jobfold.cli;

import java.io.PrintWriter;
import java.util.List;

/** A table for people: columns as wide as what is in them, save for the last. */
final class Columns {
  private Columns() {}

  static void print(List<String[]> rows, PrintWriter out) {
    print(rows, "", out);
  }

  /**
   * Prints a table.
   *
   * @param rows all of the same length
   * @param margin in front of each
   */
  static void print(List<String[]> rows, String margin, PrintWriter out) {
    int[] widths = new int[rows.get(0).length - 1];
    for (String[] row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row[column].length());
      }
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder(margin);
      for (int column = 0; column < widths.length; column++) {
        line.append(row[column]).append(" ".repeat(widths[column] - row[column].length() + 2));
      }
      out.println(line.append(row[widths.length]));
    }
  }
}
