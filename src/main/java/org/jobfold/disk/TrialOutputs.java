package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.RefusedException;
import org.jobfold.journal.Entry;
import org.jobfold.trial.Failure;
import org.jobfold.trial.Usage;

/**
 * The output files of trials, as far as it can be proven that they are: the journal names the file
 * and when the trial ran, and the file was written last while it did. jobfold moves away what is
 * there before a trial, so a file of that name and time is the trial's.
 *
 * <p>What it never counts among them: earlier output, {@code stdout.1} and so on, since it may be a
 * file of the user's that was moved away; anything behind a link or out of the tree; what was
 * changed since.
 */
final class TrialOutputs {
  /** So much may the clock of the file system differ from that of the run. */
  private static final Duration CLOCKS = Duration.ofSeconds(2);

  private final Path root;
  private final Map<Named, Usage> named = new HashMap<>();
  private final Set<FolderName> known = new HashSet<>();

  private record Named(FolderName folder, String file) {}

  private TrialOutputs(Path root) {
    this.root = root;
  }

  /**
   * Those that the journals of a tree name.
   *
   * @param root the root of the tree, without links
   * @param directory where the journals are
   */
  static TrialOutputs in(Path root, Path directory) {
    TrialOutputs outputs = new TrialOutputs(root);
    for (int epoch : Journals.epochs(directory)) {
      try {
        JournalReader.read(directory.resolve(JournalName.file(epoch)), outputs::accept);
      } catch (RefusedException noJournal) {
        // it names nothing
      }
    }
    return outputs;
  }

  private void accept(Entry entry) {
    if (entry instanceof Entry.TrialEnded ended) {
      known.add(ended.id().folder());
      add(ended.id().folder(), ended.usage(), ended.stdout(), ended.stderr());
    } else if (entry instanceof Entry.FolderSettled settled) {
      if (settled.state().trials() > 0 || settled.state().skip().isPresent()) {
        known.add(settled.folder());
      }
      Optional<Failure> failure = settled.state().failure();
      failure.ifPresent(f -> add(settled.folder(), f.usage(), f.stdout(), f.stderr()));
    }
  }

  private void add(FolderName folder, Usage usage, String... files) {
    for (String file : files) {
      Named key = new Named(folder, file);
      Usage before = named.get(key);
      if (!file.isEmpty() && (before == null || !before.ended().isAfter(usage.ended()))) {
        named.put(key, usage);
      }
    }
  }

  /** How many folders had trials whose output files no journal names any more. */
  int unnamed() {
    Set<FolderName> without = new HashSet<>(known);
    named.keySet().forEach(key -> without.remove(key.folder()));
    return without.size();
  }

  /** Adds each file that is there to what goes, or to what stays. */
  void sort(List<Cleaning.Item> go, List<Cleaning.Kept> stay) {
    List<Cleaning.Item> found = new ArrayList<>();
    for (Map.Entry<Named, Usage> entry : named.entrySet()) {
      Named key = entry.getKey();
      Path file = root.resolve(key.folder().relative()).resolve(key.file()).normalize();
      try {
        BasicFileAttributes attributes =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Optional<String> objection = objection(file, attributes, entry.getValue());
        if (objection.isPresent()) {
          stay.add(new Cleaning.Kept(file, objection.get()));
        } else {
          found.add(new Cleaning.Item(file, attributes.size()));
        }
      } catch (IOException notThere) {
        // somebody has removed it
      }
    }
    found.stream().distinct().sorted().forEach(go::add);
  }

  private Optional<String> objection(Path file, BasicFileAttributes attributes, Usage usage)
      throws IOException {
    if (!attributes.isRegularFile()) {
      return Optional.of("it is no regular file");
    }
    Path parent = file.getParent();
    if (parent == null || !file.startsWith(root) || !parent.toRealPath().equals(parent)) {
      return Optional.of("it is outside of the tree, or behind a link");
    }
    Instant written = attributes.lastModifiedTime().toInstant();
    boolean then =
        !written.isBefore(usage.started().minus(CLOCKS))
            && !written.isAfter(usage.ended().plus(CLOCKS));
    return then
        ? Optional.empty()
        : Optional.of("it was not written last by the trial that the journal names");
  }
}
