package org.jobfold.cli;

import static org.jobfold.cli.TreeArguments.refused;

import java.util.Map;
import java.util.Optional;
import org.jobfold.disk.PartName;
import org.jobfold.disk.Parts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a tree: said by the scripts that {@code jobfold submit} writes. */
final class PartArgument {
  @Option(
      names = "--part",
      paramLabel = "SET.INDEX",
      description =
          "Only the folders of this part of the tree, which 'jobfold submit' has written down. For batch scripts.")
  private @Nullable String part;

  /**
   * Which part; empty if it is the whole tree.
   *
   * @throws org.jobfold.folder.RefusedException if it is none, or no batch job runs it: what a part
   *     has left on its host is told from that of others by its batch job
   */
  Optional<PartName> name(Map<String, String> environment) {
    Optional<PartName> name = name();
    if (name.isPresent() && environment.getOrDefault("SLURM_JOB_ID", "").isEmpty()) {
      throw refused(
          "--part",
          "a part is run by a batch job of Slurm: 'jobfold run' without it runs the tree");
    }
    return name;
  }

  /** The same, for who starts nothing. */
  Optional<PartName> name() {
    try {
      return Optional.ofNullable(part).map(PartName::parse);
    } catch (IllegalArgumentException e) {
      throw refused("--part", String.valueOf(e.getMessage()));
    }
  }

  /** Lets a tree have no other folders. */
  void restrict(TreeArguments tree) {
    name().ifPresent(name -> tree.only(Parts.of(tree.root()).folders(name)));
  }
}
