package org.jobfold.disk;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jobfold.folder.Nearest;
import org.jobfold.folder.ParamVariable;

/**
 * The params that the files of a tree know: those that they give a value, refer to, or name as
 * variables of programs. Threads may add at any time.
 *
 * <p>It never sees what programs, scripts and classes ask for by themselves.
 */
final class KnownParams {
  private static final int NAMED = 5;
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{params\\.([^}:$]+)");
  private static final Pattern VARIABLE = Pattern.compile(ParamVariable.PREFIX + "[A-Za-z0-9_]+");

  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private final Set<String> variables = ConcurrentHashMap.newKeySet();

  /** Takes those of a folder file. */
  void add(FolderFile file) {
    for (Entry entry : file.entries().values()) {
      if (entry.key().startsWith(Values.PARAMS)) {
        names.add(entry.key().substring(Values.PARAMS.length()));
      }
      entry.texts().forEach(this::addUsesIn);
    }
  }

  /** Takes those that a text refers to. */
  void addUsesIn(String text) {
    if (Entry.isTemplate(text)) {
      Matcher reference = REFERENCE.matcher(text);
      while (reference.find()) {
        names.add(reference.group(1));
      }
    }
    if (text.contains(ParamVariable.PREFIX)) {
      Matcher variable = VARIABLE.matcher(text);
      while (variable.find()) {
        variables.add(variable.group());
      }
    }
  }

  boolean contains(String name) {
    return names.contains(name) || variables.contains(ParamVariable.of(name));
  }

  /** Whether there is none at all: then programs may ask for any. */
  boolean isEmpty() {
    return names.isEmpty() && variables.isEmpty();
  }

  /** The end of a message about one that is not known: what was most likely meant. */
  String suggestion(String wrong) {
    return Nearest.to(wrong, names)
        .map(near -> ": did you mean '" + near + "'?")
        .orElseGet(() -> names.isEmpty() ? "" : ", but " + some());
  }

  private String some() {
    List<String> sorted = List.copyOf(new TreeSet<>(names));
    int more = sorted.size() - NAMED;
    return sorted.stream()
            .limit(NAMED)
            .map(name -> "'" + name + "'")
            .collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
