package org.jobfold.print;

import java.util.List;

/**
 * What a success made, as those see it that wait for the folder.
 *
 * @param digest equal to that of an earlier success if there is nothing new for them
 * @param notes what is to be said about it, such as an output that is not there
 */
public record Made(Digest digest, List<Reason> notes) {
  /** Copies the list. */
  public Made {
    notes = List.copyOf(notes);
  }
}
