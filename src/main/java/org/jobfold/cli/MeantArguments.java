package org.jobfold.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jobfold.disk.Note;
import org.jobfold.disk.Scan;
import org.jobfold.folder.Problem;
import org.jobfold.spi.Backend;
import org.jobfold.walk.WalkRules;
import picocli.CommandLine.Mixin;

/**
 * The options of a run that decide what it refuses, for a command that only says what it would.
 *
 * <p>It never starts anything, and reaches out to no other host.
 */
final class MeantArguments {
  @Mixin private final RankArguments ranks = new RankArguments();

  @Mixin private final GpuArguments gpus = new GpuArguments();

  @Mixin private final TokenArguments tokens = new TokenArguments();

  @Mixin private final MpiArguments mpi = new MpiArguments();

  /** What a run with these options says of a tree before it starts anything. */
  Foreseen of(Outside outside, TreeArguments tree, Scan scan) {
    List<Problem> problems = new ArrayList<>();
    Gpus shared = gpus.of(scan.tree(), problems);
    Allotment allotment = ranks.allotment(outside.environment(), Allotment.Start::of, problems);
    Optional<Backend> backend =
        problems.isEmpty()
            ? outside
                .backends()
                .open(
                    new Outside.Request(
                        tree.root(), allotment, shared, mpi.launcher(), tree.variables()),
                    problems)
            : Optional.empty();
    RunProblems found = RunProblems.of(scan, backend, tokens.queues(), WalkRules.Wide.REFUSED);
    problems.addAll(found.ofTree());
    List<Problem> here = new ArrayList<>();
    boolean named =
        ranks.areNamed()
            || allotment instanceof Allotment.Given
            || outside.backends().hasOwnRanks();
    (named ? problems : here).addAll(found.ofRanks());
    (named || gpus.areNamed() ? problems : here).addAll(found.ofGpus());
    if (problems.isEmpty() && scan.tree().size() == 0) {
      problems.add(NothingToRun.problem(tree, scan));
    }
    List<Note> notes = new ArrayList<>(scan.notes());
    notes.addAll(UnusedQueues.notes(tree.settings(), scan.tree()));
    notes.sort(null);
    return new Foreseen(
        tree.settings().placed(problems).stream().sorted().toList(),
        here.stream().sorted().toList(),
        notes,
        backend.map(Backend::allocation));
  }
}
