package org.jobfold.backend.mpj;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jobfold.comm.Placement;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;
import org.jobfold.folder.Step;
import org.jobfold.spi.Backend;
import org.jobfold.spi.EarlierProcess;
import org.jobfold.spi.Force;
import org.jobfold.spi.Order;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.TrialId;

/**
 * The ranks of an MPJ Express world as an allocation. Calls with {@code mpi: true} are made inside
 * the ranks; all else is left to another back end on the same hosts.
 */
final class MpjBackend implements Backend {
  private final Path root;
  private final MpjLead lead;
  private final Placement ranks;
  private final Backend programs;
  private final Patience patience;
  private volatile Optional<MpiCalls> last = Optional.empty();

  /**
   * The world's ranks.
   *
   * @param root the directory of the tree
   * @param lead the way to the ranks
   * @param ranks all of them, with the GPUs that are shared out
   * @param programs starts what is no MPI call
   */
  MpjBackend(Path root, MpjLead lead, Placement ranks, Backend programs) {
    this(root, lead, ranks, programs, Patience.USUAL);
  }

  /** The same with this patience. */
  MpjBackend(Path root, MpjLead lead, Placement ranks, Backend programs, Patience patience) {
    this.root = root.toAbsolutePath().normalize();
    this.lead = lead;
    this.ranks = ranks;
    this.programs = programs;
    this.patience = patience;
  }

  /** Whether ranks can not speak to one another any more, since one of them was lost. */
  boolean isBereft() {
    return last.filter(MpiCalls::areBereft).isPresent();
  }

  @Override
  public Placement allocation() {
    return ranks;
  }

  @Override
  public Optional<String> noRoom(Path directory) {
    return programs.noRoom(directory);
  }

  @Override
  public List<Problem> problems(JobTree tree) {
    List<Problem> problems =
        new ArrayList<>(
            programs.problems(
                JobTree.of(
                    tree.folders().stream().flatMap(f -> withoutCalls(f).stream()).toList())));
    tree.folders().stream()
        .filter(folder -> folder.makesMpiCalls() && !folder.tagged())
        .forEach(folder -> addProblems(folder, problems));
    if (!programs.allocation().hosts().containsAll(allocation().hosts())) {
      tree.folders().stream()
          .filter(folder -> !folder.tagged() && withoutCalls(folder).isPresent())
          .forEach(folder -> problems.add(outOfReach(folder)));
    }
    return problems;
  }

  private Problem outOfReach(JobFolder folder) {
    return Problem.of(
        folder.name(),
        "starts a program, and this MPJ Express world is on "
            + allocation().hosts().size()
            + " hosts, of which programs can be started on '"
            + programs.allocation().hosts().get(0)
            + "' alone: tag it, or run it without MPJ Express");
  }

  /** The folder with nothing but what is no call in the ranks, if there is any. */
  private static Optional<JobFolder> withoutCalls(JobFolder folder) {
    if (!folder.makesMpiCalls()) {
      return Optional.of(folder);
    }
    List<Step> left =
        folder.functional().asSteps().stream()
            .filter(step -> step.functional() instanceof Functional.Program)
            .toList();
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(
            JobFolder.of(folder.name().path(), new Functional.Steps(left), folder.settings()));
  }

  /** What a rank can not do for a folder, since it is no process of it. */
  private void addProblems(JobFolder folder, List<Problem> problems) {
    FolderName place = folder.name();
    String start = "is called inside the ranks, and ";
    if (folder.settings().stdin().isPresent()) {
      problems.add(
          Problem.of(
              place,
              start
                  + "'stdin' is '"
                  + folder.settings().stdin().get()
                  + "': a rank has no standard input of a folder; let the call open the file"));
    }
    if (folder.settings().gpus() > 0) {
      problems.add(
          Problem.of(
              place,
              start
                  + "'gpus' is '"
                  + folder.settings().gpus()
                  + "': a rank was started before, and can not be left some GPUs alone; take it"
                  + " out"));
    }
    folder.functional().asSteps().stream()
        .map(step -> step.functional())
        .filter(Functional.Call.class::isInstance)
        .map(Functional.Call.class::cast)
        .filter(call -> !call.jvmOptions().isEmpty())
        .forEach(
            call ->
                problems.add(
                    Problem.of(
                        place,
                        start
                            + "'call.jvm' is '"
                            + String.join(" ", call.jvmOptions())
                            + "': the JVM of a rank was started before; give the options to what"
                            + " starts the world")));
  }

  @Override
  public void await(Collection<EarlierProcess> earlier, Consumer<String> notes)
      throws InterruptedException {
    programs.await(earlier, notes);
  }

  @Override
  public List<String> sweep(Duration grace) throws InterruptedException {
    return programs.sweep(grace);
  }

  @Override
  public Session open(Consumer<SessionEvent> events) {
    MpiCalls calls = new MpiCalls(root, lead.allocation(), lead.links(), patience, events);
    last = Optional.of(calls);
    lead.deliverTo(calls);
    Session processes =
        programs.open(
            event -> {
              if (event instanceof SessionEvent.RanksLost loss) {
                calls.hostLost(loss);
              } else {
                events.accept(event);
              }
            });
    return new Both(processes, calls);
  }

  /** Processes and calls. */
  private record Both(Session processes, MpiCalls calls) implements Session {
    @Override
    public void launch(Order order) {
      if (order.isMpiCall()) {
        calls.launch(order);
      } else {
        processes.launch(order);
      }
    }

    @Override
    public void end(TrialId id, Force force) {
      calls.end(id, force);
      processes.end(id, force);
    }

    @Override
    public void signal(TrialId id, int signal) {
      calls.signal(id, signal);
      processes.signal(id, signal);
    }

    @Override
    public void close() {
      calls.close();
      processes.close();
    }
  }
}
