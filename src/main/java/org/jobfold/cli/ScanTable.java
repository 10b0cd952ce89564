package org.jobfold.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jobfold.folder.After;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.Durations;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Phase;
import org.jobfold.folder.Settings;

/**
 * Folders and their settings, a line for each. Columns in which nothing is said may be left out.
 */
final class ScanTable {
  private static final String NOTHING = "-";

  private ScanTable() {}

  /** The rows, the heading first. */
  static List<String[]> rows(List<JobFolder> folders) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of("FOLDER", folders, folder -> Words.line(folder.name().path())));
    columns.add(Column.of("RANKS", folders, folder -> ranks(folder.settings())));
    columns.add(Column.of("TRIALS", folders, folder -> trials(folder.settings())));
    columns.add(
        Column.of(
            "TIMEOUT",
            folders,
            folder -> folder.settings().timeout().map(Durations::text).orElse(NOTHING)));
    List.of(
            Column.of("THREADS", folders, folder -> threads(folder.settings())),
            Column.of("GPUS", folders, folder -> gpus(folder.settings())),
            Column.of("TOKENS", folders, folder -> tokens(folder.settings())),
            Column.of("PRIORITY", folders, folder -> priority(folder.settings())),
            Column.of("DEPENDS", folders, ScanTable::depends))
        .stream()
        .filter(Column::saysSomething)
        .forEach(columns::add);
    columns.add(Column.of("RUNS", folders, folder -> Words.line(folder.functional().text())));
    List<String[]> rows = new ArrayList<>();
    for (int row = 0; row <= folders.size(); row++) {
      int at = row;
      rows.add(columns.stream().map(column -> column.texts.get(at)).toArray(String[]::new));
    }
    return rows;
  }

  private static String ranks(Settings settings) {
    return settings.ranks().isPresent()
        ? settings.ranks().getAsInt() + (settings.mpi() ? " mpi" : "")
        : settings.mpi() ? "mpi" : NOTHING;
  }

  private static String threads(Settings settings) {
    return settings.threads().isPresent() ? String.valueOf(settings.threads().getAsInt()) : NOTHING;
  }

  private static String gpus(Settings settings) {
    return settings.gpus() == 0 ? NOTHING : String.valueOf(settings.gpus());
  }

  private static String trials(Settings settings) {
    return settings.maxtrials().isPresent()
        ? String.valueOf(settings.maxtrials().getAsInt())
        : NOTHING;
  }

  private static String tokens(Settings settings) {
    return settings.tokens().isEmpty()
        ? NOTHING
        : settings.tokens().entrySet().stream()
            .map(tokens -> tokens.getValue() + " " + tokens.getKey())
            .collect(Collectors.joining(", "));
  }

  private static String priority(Settings settings) {
    return settings.priority() == 0 ? NOTHING : String.valueOf(settings.priority());
  }

  private static String depends(JobFolder folder) {
    List<String> all =
        new ArrayList<>(folder.depends().stream().map(ScanTable::dependency).toList());
    if (folder.phase() == Phase.FINALLY) {
      all.add("finally");
    }
    return all.isEmpty() ? NOTHING : Words.line(String.join(", ", all));
  }

  private static String dependency(Dependency dependency) {
    return dependency.pattern() + (dependency.after() == After.ANY ? " (any)" : "");
  }

  /** One column, with its heading. */
  private record Column(List<String> texts) {
    static Column of(String heading, List<JobFolder> folders, Function<JobFolder, String> text) {
      List<String> texts = new ArrayList<>(List.of(heading));
      folders.forEach(folder -> texts.add(text.apply(folder)));
      return new Column(texts);
    }

    boolean saysSomething() {
      return texts.stream().skip(1).anyMatch(text -> !text.equals(NOTHING));
    }
  }
}
