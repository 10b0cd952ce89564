package org.jobfold.backend.mpj;

import java.io.IOException;

/**
 * The ways between the lead and the ranks, by the device of the world.
 *
 * @param links the lead's ends
 * @param own the end of the lead's own rank
 */
record Ways(RankLinks links, RankLink own) {
  private static final String NAME = "org.jobfold.backend.mpj.world";

  /** Opens the lead's ends. All ranks must be in MPI by now, and open theirs. */
  static Ways lead(MpjArguments world) throws IOException {
    return switch (world.device()) {
      case MEMORY ->
          new Ways(MemoryLinks.lead(NAME, world.size()), MemoryLinks.rank(NAME, world.rank()));
      case NETWORK -> {
        NetworkLinks links = NetworkLinks.lead(world);
        yield new Ways(links, links.own());
      }
    };
  }

  /** Opens another rank's end. */
  static RankLink toLead(MpjArguments world) throws IOException {
    return switch (world.device()) {
      case MEMORY -> MemoryLinks.rank(NAME, world.rank());
      case NETWORK -> NetworkLinks.join(world);
    };
  }
}
