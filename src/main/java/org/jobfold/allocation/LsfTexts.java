package org.jobfold.allocation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The allocation that LSF describes, in up to three ways: {@code LSB_MCPU_HOSTS} with the hosts and
 * their slots in turn, {@code LSB_HOSTS} with a word and {@code LSB_DJOB_HOSTFILE} with a line for
 * each slot. Those that are there must say the same. A slot is a rank and a core. The end is not in
 * the environment.
 */
final class LsfTexts {
  private static final List<String> WAYS =
      List.of("LSB_MCPU_HOSTS", "LSB_DJOB_HOSTFILE", "LSB_HOSTS");

  private LsfTexts() {}

  static boolean speaks(Map<String, String> variables) {
    Texts texts = new Texts(variables);
    return texts.has("LSB_JOBID") && WAYS.stream().anyMatch(texts::has);
  }

  static Allocation read(Map<String, String> variables, NodeFile files) {
    Texts texts = new Texts(variables);
    Map<String, Map<String, Integer>> said = new LinkedHashMap<>();
    for (String way : WAYS) {
      texts.text(way).ifPresent(text -> said.put(way, slots(way, text, files)));
    }
    if (said.isEmpty()) {
      throw new UnreadableAllocation("LSB_MCPU_HOSTS", "it is not set: this is no job of LSF");
    }
    String first = said.keySet().iterator().next();
    Map<String, Integer> slots = said.getOrDefault(first, Map.of());
    said.forEach(
        (way, other) -> {
          if (!other.equals(slots)) {
            throw Texts.disagree(way, "it does not say the same as '" + first + "'");
          }
        });
    int sum = slots.values().stream().mapToInt(count -> count).sum();
    OptionalInt total = texts.number("LSB_DJOB_NUMPROC");
    if (total.isPresent() && total.getAsInt() != sum) {
      throw Texts.disagree(
          "LSB_DJOB_NUMPROC", "it is " + total.getAsInt() + ", and the hosts have " + sum);
    }
    return new Allocation(
        BatchSystem.LSF,
        texts.text("LSB_JOBID").orElse(""),
        slots.entrySet().stream()
            .map(each -> Node.of(each.getKey(), each.getValue(), each.getValue()))
            .toList(),
        Optional.empty());
  }

  private static Map<String, Integer> slots(String way, String text, NodeFile files) {
    return switch (way) {
      case "LSB_MCPU_HOSTS" -> pairs(text);
      case "LSB_HOSTS" -> new HostLines(List.of(text.split("\\s+"))).perHost();
      default -> HostLines.read(way, text, files).perHost();
    };
  }

  private static Map<String, Integer> pairs(String text) {
    List<String> words = List.of(text.split("\\s+"));
    Map<String, Integer> slots = new LinkedHashMap<>();
    for (int i = 0; i < words.size(); i += 2) {
      if (i + 1 == words.size() || !words.get(i + 1).matches("[1-9]\\d{0,6}")) {
        throw new UnreadableAllocation(
            "LSB_MCPU_HOSTS", "'" + text + "' is not hosts and their slots in turn");
      }
      slots.merge(words.get(i), Integer.parseInt(words.get(i + 1)), Integer::sum);
    }
    return slots;
  }
}
