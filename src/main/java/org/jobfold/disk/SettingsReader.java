package org.jobfold.disk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jobfold.folder.Settings;
import org.jobfold.folder.SuccessCheck;
import org.jobfold.folder.SuccessCheck.FilePattern;

/** Makes settings of the values of a folder. */
final class SettingsReader {
  private static final int ANY_CODE = -1;

  private SettingsReader() {}

  /** The settings of a folder. What has no value, or a bad one, is as in the defaults. */
  static Settings read(Values values) {
    Settings settings =
        Settings.DEFAULT
            .edit()
            .ranks(count(values, "ranks"))
            .threads(count(values, "threads"))
            .gpus(values.one("gpus", TextType.COUNT_OR_NONE).orElse(Settings.DEFAULT.gpus()))
            .mpi(values.one("mpi", TextType.SWITCH).orElse(Settings.DEFAULT.mpi()))
            .maxtrials(count(values, "maxtrials"))
            .timeout(values.one("timeout", TextType.DURATION))
            .env(values.table(Values.ENV, TextType.ANY))
            .params(values.table(Values.PARAMS, TextType.ANY))
            .stdin(values.one("stdin", TextType.WORDS))
            .stdout(values.one("stdout", TextType.INSIDE).orElse(Settings.DEFAULT.stdout()))
            .stderr(values.one("stderr", TextType.INSIDE).orElse(Settings.DEFAULT.stderr()))
            .success(success(values, "success.").orElse(Settings.DEFAULT.success()))
            .retry(RetryReader.read(values))
            .tokens(tokens(values))
            .priority(values.one("priority", TextType.INTEGER).orElse(0))
            .inputs(list(values, "inputs", TextType.INPUT))
            .outputs(list(values, "outputs", TextType.OUTPUT).orElse(List.of()))
            .build();
    refuseToWriteInput(values, "stdout", settings.stdout(), settings);
    refuseToWriteInput(values, "stderr", settings.stderr(), settings);
    return settings;
  }

  /** A success check, if one is written. */
  static Optional<SuccessCheck> success(Values values, String prefix) {
    Optional<String> file = values.one(prefix + "file", TextType.INSIDE);
    List<Integer> codes = values.several(prefix + "exit", TextType.EXIT_CODE);
    if (file.isEmpty() && codes.isEmpty()) {
      return Optional.empty();
    }
    if (codes.size() > 1 && codes.contains(ANY_CODE)) {
      values.refuse(prefix + "exit", "has 'any' beside other codes: keep one or the other");
    }
    Set<Integer> accepted = codes.contains(ANY_CODE) ? Set.of() : Set.copyOf(codes);
    return Optional.of(
        new SuccessCheck(
            codes.isEmpty() ? SuccessCheck.EXIT_ZERO.exitCodes() : accepted,
            file.map(f -> new FilePattern(f, values.one(prefix + "pattern", TextType.PATTERN)))));
  }

  private static Map<String, Integer> tokens(Values values) {
    Map<String, Integer> tokens = new TreeMap<>(values.table("tokens.", TextType.COUNT));
    Optional<Integer> count = values.one("tokens", TextType.COUNT);
    if (count.isPresent() && values.entry("queue").isEmpty()) {
      values.refuse("tokens", "is " + count.get() + ", but of no queue: write 'queue' as well");
    }
    values
        .one("queue", TextType.QUEUE)
        .filter(queue -> !queue.equals(TextType.NO_QUEUE))
        .ifPresent(queue -> tokens.putIfAbsent(queue, count.orElse(1)));
    return tokens;
  }

  private static Optional<List<String>> list(Values values, String key, TextType<String> type) {
    return values.entry(key).map(entry -> values.several(key, type));
  }

  private static OptionalInt count(Values values, String key) {
    return values.one(key, TextType.COUNT).map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  private static void refuseToWriteInput(
      Values values, String key, String file, Settings settings) {
    if (settings.stdin().filter(file::equals).isPresent()) {
      values.refuse(key, "is '" + file + "', which is 'stdin' as well: name another file");
    } else if (FolderFiles.isRead(file)) {
      values.refuse(key, "is '" + file + "', which jobfold reads: name another file");
    }
  }
}
