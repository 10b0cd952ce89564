package org.jobfold.disk;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.folder.FolderName;
import org.jobfold.print.Digest;
import org.jobfold.print.Fingerprint;

/** Records of folders, made up. */
final class Records {
  private Records() {}

  /** One with an input, an output and two params. */
  static LastGood of(String folder, long seed) {
    Digest in = new Digest(seed, 2, 3, 4);
    Fingerprint asked =
        Fingerprint.builder()
            .add("command", "lmp -in in.melt")
            .add("params temperature", Long.toString(seed))
            .add("params pressure", "1")
            .add("input in.melt", in)
            .build();
    return new LastGood(
        new FolderName(folder),
        Optional.of(asked),
        new Digest(5, 6, 7, seed),
        files("in.melt", new Content(in, Optional.of(stamp(seed)))),
        Optional.of(files("log", new Content(new Digest(8, 9, 10, seed), Optional.empty()))));
  }

  private static FileStamp stamp(long seed) {
    return new FileStamp(1234, 1_700_000_000_123_456_789L, 1_700_000_000_223_456_789L + seed, 99);
  }

  private static SortedMap<String, Content> files(String name, Content content) {
    return new TreeMap<>(Map.of(name, content));
  }
}
