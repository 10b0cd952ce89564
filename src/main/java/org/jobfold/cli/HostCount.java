package org.jobfold.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jobfold.comm.Host;
import org.jobfold.trial.Failure;

/** How many folders had their last trial on a host, or on some ranks of it. */
record HostCount(Host host, int count) {
  private static final int TOLD = 5;

  /** The hosts of failures, those with the most first; among equals, as they come. */
  static List<HostCount> of(Collection<Failure> failures) {
    return failures.stream()
        .flatMap(failure -> failure.hosts().stream())
        .collect(
            Collectors.groupingBy(
                Function.identity(), LinkedHashMap::new, Collectors.summingInt(any -> 1)))
        .entrySet()
        .stream()
        .map(entry -> new HostCount(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(HostCount::count).reversed())
        .toList();
  }

  /** {@code n3 (12), n4 (1)}; only the name for one failure. */
  static String text(Collection<Failure> failures) {
    List<HostCount> all = of(failures);
    String told =
        all.stream()
            .limit(TOLD)
            .map(
                each ->
                    Words.line(each.host().name())
                        + (failures.size() == 1 ? "" : " (" + each.count() + ")"))
            .collect(Collectors.joining(", "));
    int more = all.size() - TOLD;
    return told + (more > 0 ? " and " + Words.count(more, "more host") : "");
  }

  /** Writes the hosts of failures. */
  static void write(Collection<Failure> failures, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("hosts");
    for (HostCount each : of(failures)) {
      json.writeStartObject();
      json.writeStringField("host", each.host().name());
      json.writeNumberField("folders", each.count());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
