package org.jobfold.backend.cluster;

import java.util.List;
import org.jobfold.spi.SessionEvent;

/** What an agent tells its lead. */
sealed interface ToLead {
  /** The only codec of these. */
  Codec<ToLead> CODEC = Codecs.of(ToLead.class);

  /** What was left was ended; a line for people for each process. */
  record Swept(List<String> lines) implements ToLead {}

  /** Something takes time, for people. */
  record Noted(String line) implements ToLead {}

  /** Nothing that was to be waited for is left. */
  record Awaited() implements ToLead {}

  /** Something happened to a process. */
  record Happened(SessionEvent event) implements ToLead {}

  /** Nothing runs any more, and nothing will. */
  record Closed() implements ToLead {}
}
