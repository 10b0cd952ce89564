package org.jobfold.print;

import java.util.List;
import java.util.Optional;
import org.jobfold.folder.JobFolder;

/**
 * What a folder says about its files: globs and names, relative to the folder.
 *
 * @param inputs what it reads; where absent, nobody knows, and it has no fingerprint. An empty list
 *     says that it reads nothing
 * @param outputs what it writes; where absent, nobody knows
 * @param also files that it reads whether it says so or not, such as the one that {@code --match}
 *     found. They alone do not give it a fingerprint
 */
public record Declared(
    Optional<List<String>> inputs, Optional<List<String>> outputs, List<String> also) {
  /** Says nothing. */
  public static final Declared NOTHING =
      new Declared(Optional.empty(), Optional.empty(), List.of());

  /** Copies the lists. */
  public Declared {
    inputs = inputs.map(List::copyOf);
    outputs = outputs.map(List::copyOf);
    also = List.copyOf(also);
  }

  /** What a folder of a tree says: no outputs are as good as nothing said of them. */
  public static Declared of(JobFolder folder) {
    return new Declared(
        folder.settings().inputs(),
        Optional.of(folder.settings().outputs()).filter(outputs -> !outputs.isEmpty()),
        folder.matched());
  }

  /** Says what is read, and nothing more. */
  public static Declared reading(String... globs) {
    return NOTHING.withInputs(globs);
  }

  /** The same with other inputs. */
  public Declared withInputs(String... globs) {
    return new Declared(Optional.of(List.of(globs)), outputs, also);
  }

  /** The same with other outputs. */
  public Declared withOutputs(String... globs) {
    return new Declared(inputs, Optional.of(List.of(globs)), also);
  }

  /** The same with other files that are read anyway. */
  public Declared withAlso(String... files) {
    return new Declared(inputs, outputs, List.of(files));
  }

  /** Whether the folder has a fingerprint. */
  public boolean isComplete() {
    return inputs.isPresent();
  }
}
