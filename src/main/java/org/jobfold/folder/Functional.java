package org.jobfold.folder;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a folder runs. */
public sealed interface Functional {
  /** The functional in one line, for people. */
  String text();

  /** A functional that is one process. */
  sealed interface Single extends Functional {}

  /**
   * An external program.
   *
   * @param command how it is started
   */
  record Program(Command command) implements Single {
    @Override
    public String text() {
      return command.text();
    }
  }

  /**
   * A Java class that runs in a JVM of its own: one that implements {@code
   * org.jobfold.call.JobCall}, or has a {@code main} method.
   *
   * @param className the binary name of the class
   * @param classpath files and directories, relative to the folder; may be empty
   * @param jvmOptions options for the JVM, such as {@code -Xmx1g}
   */
  record Call(String className, List<String> classpath, List<String> jvmOptions) implements Single {
    /** Copies the lists; refuses an empty name. */
    public Call {
      classpath = List.copyOf(classpath);
      jvmOptions = List.copyOf(jvmOptions);
      if (className.isBlank()) {
        throw new IllegalArgumentException("the call names no class: write 'class: my.Functional'");
      }
    }

    @Override
    public String text() {
      return "java " + className;
    }
  }

  /**
   * Several processes one after another, in one folder. A step that succeeded in an earlier trial
   * is passed over.
   *
   * @param steps at least one, with different names
   */
  record Steps(List<Step> steps) implements Functional {
    /** Copies the list; refuses an empty one and equal names. */
    public Steps {
      steps = List.copyOf(steps);
      if (steps.isEmpty()) {
        throw new IllegalArgumentException("'steps' is empty: write at least one step");
      }
      Set<String> names = new HashSet<>();
      for (Step step : steps) {
        if (!names.add(step.name())) {
          throw new IllegalArgumentException(
              "two steps have the name '" + step.name() + "': give each its own");
        }
      }
    }

    @Override
    public String text() {
      return String.join(
          " ; ", steps.stream().map(s -> s.name() + ": " + s.functional().text()).toList());
    }
  }

  /** The processes of this functional in their order: one, or its steps. */
  default List<Step> asSteps() {
    return this instanceof Steps several ? several.steps() : List.of(Step.only((Single) this));
  }
}
