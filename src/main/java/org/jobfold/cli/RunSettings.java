package org.jobfold.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jobfold.disk.Note;
import org.jobfold.disk.Scan;
import org.jobfold.folder.Problem;
import picocli.CommandLine.Model.CommandSpec;

/**
 * All that is said about the settings of a run, and where.
 *
 * @param known the settings that there are
 * @param said in the order in which one wins over another, the last over all
 * @param problems what can not be used; it is not among what is said
 */
record RunSettings(List<Setting> known, List<Said> said, List<Problem> problems) {
  /** Nothing is said. */
  static final RunSettings NONE = new RunSettings(List.of(), List.of(), List.of());

  /** Copies the lists. */
  RunSettings {
    known = List.copyOf(known);
    said = List.copyOf(said);
    problems = List.copyOf(problems);
  }

  /** Whether nothing was said but on the command line. */
  boolean isTypedAlone() {
    return problems.isEmpty()
        && said.stream().allMatch(each -> each.origin().equals(Origin.COMMAND_LINE));
  }

  /** What holds, by key: of tables each name, of lists what was said in one place. */
  Collection<List<Said>> holding() {
    return holding(each -> true);
  }

  /** What holds, unless something is typed over it, as arguments of a command that knows it. */
  List<String> below(CommandSpec command) {
    Set<Setting> typedLists = new HashSet<>();
    for (Said each : said) {
      if (each.origin().kind() == Origin.Kind.COMMAND_LINE && each.setting().isList()) {
        typedLists.add(each.setting());
      }
    }
    return arguments(
        each ->
            each.origin().kind() != Origin.Kind.COMMAND_LINE
                && each.setting().isOf(command)
                && !typedLists.contains(each.setting()));
  }

  /** What holds for a command although nobody typed it. */
  List<Said> notTyped(CommandSpec command) {
    return holding().stream()
        .flatMap(List::stream)
        .filter(each -> !each.origin().isTyped() && each.setting().isOf(command))
        .toList();
  }

  /**
   * The same, without what says otherwise than something nearer to the user does.
   *
   * @param alternatives options of which only one can hold
   */
  RunSettings withOneOf(Set<String> alternatives) {
    Optional<Origin.Kind> nearest =
        said.stream()
            .filter(each -> alternatives.contains(each.setting().option().longestName()))
            .map(each -> each.origin().kind())
            .max(Comparator.naturalOrder());
    return new RunSettings(
        known,
        said.stream()
            .filter(
                each ->
                    !alternatives.contains(each.setting().option().longestName())
                        || nearest.equals(Optional.of(each.origin().kind())))
            .toList(),
        problems);
  }

  /** What is to hold for the run that goes on from this one: what was typed, now or before. */
  List<String> toRemember() {
    return arguments(each -> each.origin().isTyped());
  }

  /** A problem with an option, told of the place where its value was said. */
  Problem placed(Problem problem) {
    return one(problem.place())
        .filter(each -> !each.origin().isTyped())
        .map(each -> each.problem("can not be used: " + problem.message()))
        .orElse(problem);
  }

  /** Problems with options, told of the places where their values were said. */
  List<Problem> placed(List<Problem> found) {
    return found.stream().map(this::placed).toList();
  }

  /** The same, beside those of the settings themselves. */
  List<Problem> withOwn(List<Problem> found) {
    List<Problem> all = new ArrayList<>(problems);
    all.addAll(placed(found));
    all.sort(null);
    return all;
  }

  /** A scan whose problems and notes name the places where options were said. */
  Scan placed(Scan scan) {
    return new Scan(
        scan.tree(),
        withOwn(scan.problems()),
        scan.notes().stream()
            .map(
                note ->
                    note.kind() == Note.Kind.STRANGE_PARAM
                        ? new Note(note.kind(), placeOfParams(), note.message())
                        : note)
            .toList());
  }

  /** What holds for an option, which is no table. */
  Optional<Said> one(String option) {
    return said.stream()
        .filter(each -> each.setting().option().longestName().equals(option))
        .reduce((first, second) -> second);
  }

  /** The params that were typed at this very command. */
  Set<String> typedParams() {
    return said.stream()
        .filter(each -> each.setting().isParam())
        .filter(each -> each.origin().kind() == Origin.Kind.COMMAND_LINE)
        .map(Said::name)
        .collect(Collectors.toSet());
  }

  /** Where params were said: the one place, or their name. */
  private String placeOfParams() {
    List<String> places =
        said.stream()
            .filter(each -> each.setting().isParam())
            .map(each -> each.origin().isTyped() ? "--param" : each.origin().place())
            .distinct()
            .toList();
    return places.size() == 1 ? places.get(0) : "params of the run";
  }

  private List<String> arguments(Predicate<Said> wanted) {
    List<String> arguments = new ArrayList<>();
    holding(wanted).forEach(values -> values.forEach(each -> arguments.add(each.argument())));
    return arguments;
  }

  private Collection<List<Said>> holding(Predicate<Said> wanted) {
    Map<String, List<Said>> holding = new LinkedHashMap<>();
    for (Said each : said) {
      if (wanted.test(each)) {
        List<Said> before = holding.get(each.key());
        boolean more =
            before != null
                && each.setting().isList()
                && before.get(0).origin().kind() == each.origin().kind();
        List<Said> now = more ? new ArrayList<>(before) : new ArrayList<>(1);
        now.add(each);
        // What is said later comes later: of some options, the last one holds.
        holding.remove(each.key());
        holding.put(each.key(), now);
      }
    }
    return holding.values();
  }
}
