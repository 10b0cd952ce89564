package org.jobfold.walk;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jobfold.folder.FolderName;

/** Folders that ask for more ranks than are left, each told once. */
final class TooWide {
  private final Set<FolderName> told = new HashSet<>();
  private final Set<FolderName> news = new LinkedHashSet<>();

  void add(FolderName folder) {
    if (!told.contains(folder)) {
      news.add(folder);
    }
  }

  /** Those that were not told yet, if there are any. */
  Optional<Action> news(int ranksLeft) {
    if (news.isEmpty()) {
      return Optional.empty();
    }
    Action action =
        new Action.LeaveOut(
            news.stream().min(FolderName::compareTo).orElseThrow(), news.size(), ranksLeft);
    told.addAll(news);
    news.clear();
    return Optional.of(action);
  }

  /** There are other ranks. */
  void clear() {
    told.clear();
    news.clear();
  }
}
