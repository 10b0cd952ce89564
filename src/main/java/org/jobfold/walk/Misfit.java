package org.jobfold.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jobfold.comm.Placement;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Settings;

/** Why folders could never have what they ask for, however long they waited. */
public final class Misfit {
  private final Sharing.PerFolder sharing;
  private final Room all;

  /** Of what there is too little. */
  public enum Lack {
    /** Ranks, or cores of theirs, or room on one host for all that is asked for. */
    RANKS,
    /** GPUs, however many ranks there were. */
    GPUS
  }

  /**
   * Why a folder could not have what it asks for.
   *
   * @param text {@code asks for 64 ranks, the allocation has 48}
   */
  public record Why(Lack lack, String text) {}

  /**
   * On an allocation.
   *
   * @param all its ranks and GPUs
   */
  public Misfit(Sharing.PerFolder sharing, Placement all) {
    this.sharing = sharing;
    this.all = Room.of(all);
  }

  /**
   * On an allocation, for folders that say themselves how many ranks they want, or take one.
   *
   * @param all its ranks and GPUs
   * @param coresPerRank how many cores a rank has
   */
  public static Misfit asked(Placement all, int coresPerRank) {
    return new Misfit(
        new Sharing.PerFolder(1, new Sharing.AskedOrShare(1, coresPerRank), coresPerRank), all);
  }

  /** Why a folder could not have it; nothing if it could. */
  public Optional<Why> of(JobFolder folder) {
    Optional<Why> now = of(folder, "");
    OptionalInt most = folder.settings().retry().mostRanks();
    if (now.isPresent() || most.isEmpty()) {
      return now;
    }
    return of(
        folder.with(folder.settings().withRanks(most.getAsInt())), " after a failure ('retry')");
  }

  private Optional<Why> of(JobFolder folder, String when) {
    Need need = Need.of(folder, sharing);
    if (need.claim().isPlain() ? need.ranks() <= all.size() : all.fits(need)) {
      return Optional.empty();
    }
    return Optional.of(
        new Why(
            need.claim().gpus() > all.mostGpus() ? Lack.GPUS : Lack.RANKS,
            "asks for " + asked(need, folder.settings()) + when + there(need)));
  }

  private static String asked(Need need, Settings settings) {
    List<String> asked = new ArrayList<>();
    int ranks = need.ranks() / need.claim().each();
    int threads = settings.threads().orElse(1);
    asked.add(
        count(ranks, "rank")
            + (threads > 1 ? " with " + threads + " threads" + (ranks > 1 ? " each" : "") : ""));
    if (need.claim().gpus() > 0) {
      asked.add(
          count(need.claim().gpus(), "GPU")
              + (need.span() == Need.Span.HOSTS ? " on each host" : ""));
    }
    return String.join(" and ", asked);
  }

  private String there(Need need) {
    if (need.claim().gpus() > all.mostGpus()) {
      return all.mostGpus() == 0
          ? ", and the run has no GPUs"
          : ", and no host has more than " + all.mostGpus();
    }
    String cores = sharing.coresPerRank() == 1 ? "1 core" : sharing.coresPerRank() + " cores";
    if (need.ranks() > all.size()) {
      return need.claim().each() == 1
          ? ", the allocation has " + all.size()
          : ", which take %d ranks of %s, the allocation has %d"
              .formatted(need.ranks(), cores, all.size());
    }
    return need.claim().each() > all.widestHost()
        ? ", and no host has more than " + count(all.widestHost(), "rank") + " of " + cores
        : ", and the hosts have no room for that";
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
