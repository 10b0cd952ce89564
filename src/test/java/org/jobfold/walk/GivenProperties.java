package org.jobfold.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.Host;
import org.jobfold.comm.MpiSizeException;
import org.jobfold.comm.Placement;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.SettingsBuilder;
import org.jobfold.retry.RetryRule;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;

/**
 * Folders that ask for ranks, threads and GPUs, on any hosts. The simulation checks at each step
 * that nobody has what another one has, and that each has what it asked for.
 */
class GivenProperties {
  @Property
  void nothingIsGivenTwiceAndEveryFolderThatFitsEnds(
      @ForAll @IntRange(min = 1, max = 4) int hosts,
      @ForAll @IntRange(min = 1, max = 30) int folders,
      @ForAll @IntRange(min = 1, max = 4) int coresPerRank,
      @ForAll @IntRange(min = 1, max = 20) int nbpools,
      @ForAll long seed) {
    Random random = new Random(seed);
    Placement all = allocation(hosts, random);
    Sharing.PerFolder sharing = sharing(nbpools, coresPerRank);
    List<JobFolder> fitting = new ArrayList<>();
    for (JobFolder folder : folders(folders, random)) {
      if (new Misfit(sharing, all).of(folder).isEmpty()) {
        fitting.add(folder);
      } else {
        Walk alone = new Walk(rules(sharing), JobTree.of(folder));
        assertThatThrownBy(() -> alone.begin(Communicator.world(all)))
            .isInstanceOf(MpiSizeException.class)
            .hasMessageContaining("folder '" + folder.name() + "' asks for ");
      }
    }
    Simulation world =
        new Simulation(rules(sharing), JobTree.of(fitting), Past.none(), Communicator.world(all));
    world.finish(
        random,
        id -> random.nextInt(4) == 0 ? Outcome.failed(new Cause.ExitCode(1)) : Outcome.success());

    assertThat(world.walk.finished()).isTrue();
    assertThat(world.settled).hasSize(fitting.size());
    assertThat(world.world.placement()).isEqualTo(all);
  }

  @Property
  void whatIsLostWithAHostIsNotGivenAgain(
      @ForAll @IntRange(min = 2, max = 4) int hosts,
      @ForAll @IntRange(min = 1, max = 30) int folders,
      @ForAll @IntRange(min = 1, max = 3) int coresPerRank,
      @ForAll long seed) {
    Random random = new Random(seed);
    Placement all = allocation(hosts, random);
    Sharing.PerFolder sharing = sharing(20, coresPerRank);
    List<JobFolder> fitting =
        folders(folders, random).stream()
            .filter(folder -> new Misfit(sharing, all).of(folder).isEmpty())
            .toList();
    Simulation world =
        new Simulation(rules(sharing), JobTree.of(fitting), Past.none(), Communicator.world(all));
    world.step();
    int ends = random.nextInt(5);
    for (int i = 0; i < ends && !world.running.isEmpty(); i++) {
      world.succeed(world.runningFolders().get(0));
    }
    Placement.Share gone = all.shares().get(random.nextInt(hosts));
    world.lose(gone.host().name(), gone.ranks().toArray(Integer[]::new));
    world.finish(random, id -> Outcome.success());

    Placement left =
        new Placement(all.shares().stream().filter(share -> !share.equals(gone)).toList());
    assertThat(world.world.placement()).isEqualTo(left);
    for (JobFolder folder : fitting) {
      if (new Misfit(sharing, left).of(folder).isEmpty()) {
        assertThat(world.settled).containsKey(folder.name());
      }
    }
  }

  private static WalkRules rules(Sharing sharing) {
    return new WalkRules(sharing, new RetryRule(2), Duration.ofSeconds(1))
        .withBadHosts(WalkRules.BadHosts.USED);
  }

  private static Sharing.PerFolder sharing(int nbpools, int coresPerRank) {
    return new Sharing.PerFolder(nbpools, new Sharing.AskedOrShare(1, coresPerRank), coresPerRank);
  }

  private static Placement allocation(int hosts, Random random) {
    List<Placement.Share> shares = new ArrayList<>();
    int next = 0;
    for (int host = 0; host < hosts; host++) {
      int ranks = 1 + random.nextInt(8);
      List<String> gpus = IntStream.range(0, random.nextInt(5)).mapToObj(i -> "GPU-" + i).toList();
      shares.add(
          new Placement.Share(
              new Host("h" + host), IntStream.range(next, next + ranks).boxed().toList(), 1, gpus));
      next += ranks;
    }
    return new Placement(shares);
  }

  private static List<JobFolder> folders(int count, Random random) {
    List<JobFolder> folders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JobFolder folder = JobFolder.shell("/" + i, "true");
      SettingsBuilder settings = folder.settings().edit();
      if (random.nextInt(3) > 0) {
        settings.ranks(1 + random.nextInt(6));
      }
      if (random.nextBoolean()) {
        settings.threads(1 + random.nextInt(9));
      }
      if (random.nextBoolean()) {
        settings.gpus(random.nextInt(4));
      }
      settings.mpi(random.nextBoolean()).priority(random.nextInt(2));
      if (random.nextInt(3) == 0) {
        settings.timeout(Duration.ofMinutes(1 + random.nextInt(60)));
      }
      folders.add(folder.with(settings.build()));
    }
    return folders;
  }
}
