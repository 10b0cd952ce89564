package org.jobfold.disk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jobfold.folder.Command;
import org.jobfold.folder.Functional;
import org.jobfold.folder.Step;

/** Makes a functional of the values of a folder. */
final class FunctionalReader {
  private final Values values;
  private final Function<Command, Optional<String>> complaint;
  private final Set<String> complaints = new HashSet<>();

  /**
   * Reads from these values.
   *
   * @param complaint why a command can not be started, if it can not
   */
  FunctionalReader(Values values, Function<Command, Optional<String>> complaint) {
    this.values = values;
    this.complaint = complaint;
  }

  /** What the folder's own file says to run; none if it says nothing, or nothing good. */
  Optional<Functional> read() {
    if (values.entry("steps(0).name").isPresent()) {
      return steps().map(f -> f);
    }
    return single("").map(f -> f);
  }

  private Optional<Functional.Steps> steps() {
    List<Step> steps = new ArrayList<>();
    Map<String, String> keys = new HashMap<>();
    boolean whole = true;
    for (int i = 0; values.entry("steps(" + i + ").name").isPresent(); i++) {
      String prefix = "steps(" + i + ").";
      Optional<String> name = values.one(prefix + "name", TextType.STEP_NAME);
      Optional<Functional.Single> functional = single(prefix);
      if (name.isPresent() && functional.isPresent()) {
        steps.add(
            new Step(
                name.get(), functional.get(), SettingsReader.success(values, prefix + "success.")));
        String other = keys.putIfAbsent(name.get(), prefix + "name");
        if (other != null) {
          values.refuse(
              prefix + "name", "is '" + name.get() + "', as is '" + other + "': rename one");
          whole = false;
        }
      } else {
        whole = false;
      }
    }
    return whole ? Optional.of(new Functional.Steps(steps)) : Optional.empty();
  }

  private Optional<Functional.Single> single(String prefix) {
    String command = prefix + "command";
    if (values.entry(command).isPresent()) {
      return values
          .one(command, TextType.WORDS)
          .map(line -> program(command, new Command.Shell(line)));
    }
    if (values.entry(command + "." + Schema.ARGV).isPresent()) {
      return argv(command + "." + Schema.ARGV);
    }
    return values
        .one(prefix + "call.class", TextType.WORDS)
        .map(
            name ->
                new Functional.Call(
                    name,
                    values.several(prefix + "call.classpath", TextType.WORDS),
                    values.several(prefix + "call.jvm", TextType.WORDS)));
  }

  private Optional<Functional.Single> argv(String key) {
    List<String> argv = values.several(key, TextType.ANY);
    if (argv.isEmpty()) {
      return Optional.empty();
    }
    if (argv.get(0).isBlank()) {
      values.refuse(key, "begins with an empty word: its first is the program to run");
      return Optional.empty();
    }
    return Optional.of(program(key, new Command.Exec(argv)));
  }

  private Functional.Single program(String key, Command command) {
    if (!mayBeMadeByAnEarlierStep(key, command)) {
      complaint
          .apply(command)
          .filter(complaints::add)
          .ifPresent(reason -> values.refuse(key, reason, reason));
    }
    return new Functional.Program(command);
  }

  /**
   * Whether a step that is not the first runs a program of its own folder: a step before may build
   * it.
   */
  private static boolean mayBeMadeByAnEarlierStep(String key, Command command) {
    String program = command.text().strip().split("\\s", 2)[0];
    return key.startsWith("steps(")
        && !key.startsWith("steps(0)")
        && program.contains("/")
        && !program.startsWith("/");
  }
}
