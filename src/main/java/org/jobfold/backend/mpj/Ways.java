package org.jobfold.backend.mpj;

import java.io.IOException;

/** Opens the ways between the lead and the ranks, by the device of the world. */
final class Ways {
  private static final String NAME = "org.jobfold.backend.mpj.world";

  private Ways() {}

  /** The lead's ends. */
  static RankLinks lead(MpjArguments world) throws IOException {
    return MemoryLinks.lead(NAME, world.size());
  }

  /** The end of the lead's own rank. */
  static RankLink own(MpjArguments world, RankLinks links) {
    return MemoryLinks.rank(NAME, world.rank());
  }

  /** Another rank's end. */
  static RankLink toLead(MpjArguments world) throws IOException {
    return MemoryLinks.rank(NAME, world.rank());
  }
}
