package org.jobfold.allocation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of hosts in short: {@code n[01-03,7],gpu[1-2]-[0-1]} is {@code n01 n02 n03 n7 gpu1-0 gpu1-1
 * gpu2-0 gpu2-1}. A number keeps the zeros that its range begins with; of several brackets, the
 * last counts fastest; brackets may be nested. The form is that of Slurm's {@code
 * SLURM_JOB_NODELIST} and of {@code scontrol show hostnames}.
 */
public final class HostList {
  /** As many as Slurm itself takes. */
  private static final int MOST = 64 << 10;

  private static final Pattern RANGE = Pattern.compile("(\\d{1,9})-(\\d{1,9})");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:-]*");

  private final String text;

  private HostList(String text) {
    this.text = text;
  }

  /**
   * The names, in the order of the text.
   *
   * @throws IllegalArgumentException if it is no host list, names none, or too many
   */
  public static List<String> names(String text) {
    HostList list = new HostList(text.strip());
    List<String> names = list.alternatives(list.text);
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw list.wrong("'" + name + "' is no name of a host");
      }
    }
    return names;
  }

  /** What stands between commas, outside or inside brackets. */
  private List<String> alternatives(String part) {
    List<String> all = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= part.length(); i++) {
      char c = i == part.length() ? ',' : part.charAt(i);
      if (c == '[') {
        depth++;
      } else if (c == ']') {
        depth--;
      }
      if (depth < 0 || (i == part.length() && depth > 0)) {
        throw wrong("its brackets do not match");
      }
      if (c == ',' && depth == 0) {
        all.addAll(one(part.substring(start, i)));
        refuseTooMany(all.size());
        start = i + 1;
      }
    }
    return all;
  }

  /** One alternative: text and brackets after one another. */
  private List<String> one(String part) {
    if (part.isEmpty()) {
      throw wrong("a name is empty");
    }
    int open = part.indexOf('[');
    if (open < 0) {
      return List.of(part);
    }
    int close = closing(part, open);
    List<String> heads = range(part.substring(open + 1, close));
    String rest = part.substring(close + 1);
    List<String> tails = rest.isEmpty() ? List.of("") : one(rest);
    refuseTooMany((long) heads.size() * tails.size());
    List<String> names = new ArrayList<>(heads.size() * tails.size());
    for (String head : heads) {
      for (String tail : tails) {
        names.add(part.substring(0, open) + head + tail);
      }
    }
    return names;
  }

  private static int closing(String part, int open) {
    int depth = 0;
    for (int i = open; ; i++) {
      if (part.charAt(i) == '[') {
        depth++;
      } else if (part.charAt(i) == ']' && --depth == 0) {
        return i;
      }
    }
  }

  /** What is in brackets: numbers, ranges, and names with brackets of their own. */
  private List<String> range(String inside) {
    List<String> all = new ArrayList<>();
    for (String name : alternatives(inside)) {
      Matcher range = RANGE.matcher(name);
      if (range.matches()) {
        numbers(range.group(1), range.group(2), all);
      } else if (name.contains("-")) {
        throw wrong("'" + name + "' is no range of numbers");
      } else {
        all.add(name);
      }
    }
    return all;
  }

  private void numbers(String from, String to, List<String> all) {
    int first = Integer.parseInt(from);
    int last = Integer.parseInt(to);
    if (last < first) {
      throw wrong("the range '" + from + "-" + to + "' goes down");
    }
    refuseTooMany(all.size() + (long) last - first);
    for (int number = first; number <= last; number++) {
      String digits = Integer.toString(number);
      all.add("0".repeat(Math.max(0, from.length() - digits.length())) + digits);
    }
  }

  private void refuseTooMany(long count) {
    if (count > MOST) {
      throw wrong("it names more than " + MOST + " hosts");
    }
  }

  private IllegalArgumentException wrong(String why) {
    String shown = text.length() > 200 ? text.substring(0, 200) + "…" : text;
    return new IllegalArgumentException("'" + shown + "' is no list of hosts: " + why);
  }
}
