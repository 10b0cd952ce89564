package org.jobfold.walk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Phase;

/**
 * Where the folders are that do not run and are not done: held back, at their turn with the
 * advisor, or waiting for ranks. Knows in which phase that is, and whether the main one is closed;
 * knows nothing of who waits for whom, and decides nothing.
 */
final class OpenFolders {
  private final OwnRanks ranks;
  private final TimeLeft time;

  /** Folders whose predecessors have not all ended, and those of the last phase before it. */
  private final Map<FolderName, Waiting> heldBack = new LinkedHashMap<>();

  /** Folders whose turn it is, for the advisor. */
  private final Turns turns = new Turns();

  /** Folders that ask for more ranks than are left. They are held back, and told of once. */
  private final TooWide tooWide = new TooWide();

  /** How the ranks are to be shared out among any folders. */
  private Sharing asked;

  /** How they are among these. */
  private Sharing sharing;

  private WaitingFolders waiting;
  private Phase phase = Phase.MAIN;
  private boolean closed;

  OpenFolders(Sharing asked, Stream<JobFolder> folders, OwnRanks ranks, TimeLeft time) {
    this.asked = asked;
    this.sharing = asked.among(folders);
    this.ranks = ranks;
    this.time = time;
    this.waiting = new WaitingFolders(sharing, time);
  }

  static boolean isMain(JobFolder folder) {
    return folder.phase() == Phase.MAIN;
  }

  // ---- where they are

  /** A folder is not to go on yet. */
  void holdBack(Waiting turn) {
    heldBack.put(turn.folder().name(), turn);
  }

  /** A folder is held back no more, if it was, and if this is its phase. */
  Optional<Waiting> letGo(FolderName folder) {
    Waiting turn = heldBack.get(folder);
    if (turn == null || (phase == Phase.MAIN && !isMain(turn.folder()))) {
      return Optional.empty();
    }
    heldBack.remove(folder);
    return Optional.of(turn);
  }

  /** It is a folder's turn with the advisor. */
  void askFirst(Waiting turn) {
    if ((closed && isMain(turn.folder())) || isTooWide(turn)) {
      putBack(turn);
    } else {
      turns.add(turn);
    }
  }

  /** A folder that had its turn waits for ranks and tokens. */
  void putBack(Waiting turn) {
    if (closed && isMain(turn.folder())) {
      holdBack(turn);
    } else if (isTooWide(turn)) {
      holdBack(turn);
      tooWide.add(turn.folder().name());
    } else {
      waiting.add(turn);
    }
  }

  Set<FolderName> heldBack() {
    return heldBack.keySet();
  }

  /** Those of the last phase that are held back, in no particular order. */
  List<FolderName> heldBackForLast() {
    return heldBack.values().stream()
        .filter(w -> !isMain(w.folder()))
        .map(w -> w.folder().name())
        .toList();
  }

  Turns turns() {
    return turns;
  }

  WaitingFolders waiting() {
    return waiting;
  }

  /** All of them. */
  Stream<Waiting> stream() {
    return Stream.of(waiting.stream(), heldBack.values().stream(), turns.stream())
        .flatMap(all -> all);
  }

  int size() {
    return waiting.size() + heldBack.size() + turns.size();
  }

  /** Whether none has its turn, waits for ranks, or is so that it can be let go. */
  boolean isStuck(Predicate<FolderName> free) {
    return turns.isEmpty()
        && waiting.isEmpty()
        && heldBack.values().stream().noneMatch(turn -> canGoOn(turn, free));
  }

  private boolean canGoOn(Waiting turn, Predicate<FolderName> free) {
    return (isMain(turn.folder()) ? !closed && phase == Phase.MAIN : phase == Phase.FINALLY)
        && free.test(turn.folder().name())
        && !isTooWide(turn);
  }

  /** The session is gone: none has its turn any more. */
  void abandonTurns() {
    turns.clear().forEach(this::holdBack);
  }

  // ---- the phases

  Phase phase() {
    return phase;
  }

  void beginPhase(Phase next) {
    phase = next;
  }

  boolean hasLastPhase() {
    return heldBack.values().stream().anyMatch(w -> !isMain(w.folder()));
  }

  boolean isClosed() {
    return closed;
  }

  /** Nothing new of the main phase is started. */
  void close() {
    closed = true;
    Stream.concat(
            waiting.takeIf(w -> isMain(w.folder())).stream(),
            turns.takeIf(w -> isMain(w.folder())).stream())
        .forEach(this::holdBack);
  }

  /** Folders of the main phase are started again. Those that are held back still are. */
  void open() {
    closed = false;
  }

  // ---- how the ranks are shared out

  Sharing sharing() {
    return sharing;
  }

  /** How the ranks would be shared out among these folders. */
  Sharing sharingAmong(Stream<JobFolder> folders) {
    return asked.among(folders);
  }

  /** Forgets all folders; others, that come now, share the ranks in this way. */
  void clear(Sharing other) {
    share(other);
    heldBack.clear();
    turns.clear();
  }

  /** There are other ranks: what is too wide for them was not told yet. */
  void begin() {
    tooWide.clear();
  }

  /** Ranks have been lost. */
  void narrow() {
    int width = Math.max(1, ranks.hosts().size());
    asked = asked.narrowed(width);
    List<Waiting> all = waiting.takeIf(any -> true);
    share(sharing.narrowed(width));
    all.forEach(this::putBack);
    turns.takeIf(this::isTooWide).forEach(this::putBack);
  }

  /** That folders do not run, since so many ranks are not left. Said once. */
  Optional<Action> newsOfTooWide() {
    return tooWide.news(ranks.hosts().size());
  }

  private void share(Sharing other) {
    sharing = other;
    waiting = new WaitingFolders(other, time);
  }

  /** Whether a folder asks for more ranks than are left, and not for more than there were. */
  private boolean isTooWide(Waiting turn) {
    return ranks.areFewer() && !ranks.hosts().areEnoughFor(Need.of(turn.changed(), sharing));
  }
}
