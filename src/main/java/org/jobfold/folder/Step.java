package org.jobfold.folder;

import java.util.Optional;

/**
 * One process of a folder's functional.
 *
 * @param name empty for the only step of a folder that has no steps; else a name that can be part
 *     of a file's
 * @param functional what it runs
 * @param success when it counts as successful; where absent, what the folder's settings say
 */
public record Step(String name, Functional.Single functional, Optional<SuccessCheck> success) {
  /** Refuses a name that can not be part of a file's. */
  public Step {
    if (name.contains("/") || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "step name '"
              + name
              + "' can not be part of a file's name: use letters, digits, '-' and '_'");
    }
  }

  /** The only step of a folder. */
  public static Step only(Functional.Single functional) {
    return new Step("", functional, Optional.empty());
  }
}
