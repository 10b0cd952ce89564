package org.jobfold.allocation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number for each host in short, as Slurm writes it: {@code 4(x2),3} is 4, 4 and 3. */
final class Counts {
  private static final Pattern COUNT = Pattern.compile("(\\d{1,9})(?:\\(x(\\d{1,6})\\))?");
  private static final int MOST = 64 << 10;

  private Counts() {}

  /**
   * The numbers.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  static List<Integer> of(String text) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : text.strip().split(",", -1)) {
      Matcher count = COUNT.matcher(part);
      if (!count.matches()) {
        throw new IllegalArgumentException(
            "'" + text + "' is no number for each host, as in '4(x2),3'");
      }
      int times = count.group(2) == null ? 1 : Integer.parseInt(count.group(2));
      if (numbers.size() + times > MOST) {
        throw new IllegalArgumentException("'" + text + "' is for more than " + MOST + " hosts");
      }
      for (int i = 0; i < times; i++) {
        numbers.add(Integer.parseInt(count.group(1)));
      }
    }
    return numbers;
  }
}
