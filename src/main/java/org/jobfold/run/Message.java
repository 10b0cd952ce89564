package org.jobfold.run;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.spi.Advice;
import org.jobfold.spi.SessionEvent;
import org.jobfold.spi.Verdict;
import org.jobfold.walk.Past;
import org.jobfold.walk.Stop;
import org.jobfold.walk.UpdateReport;
import org.jobfold.walk.Walk;

/** What other threads put into the mailbox of a run. */
sealed interface Message {
  /** Something happened to a process. */
  record Happened(SessionEvent event) implements Message {}

  /** The run is to stop. */
  record StopAsked(Stop how, String reason) implements Message {}

  /** The end of the allocation is near, as it says itself. */
  record EndIsNear(String reason) implements Message {}

  /** The advisor has said what becomes of a folder whose turn it is. */
  record Advised(JobFolder folder, Advice advice) implements Message {}

  /** The advisor has said whether what came of a folder counts. */
  record Judged(FolderName folder, Verdict verdict) implements Message {}

  /**
   * It was looked whether folders have room for their files.
   *
   * @param directory where
   * @param lack why there is none; empty if there is, or that can not be seen
   */
  record RoomSeen(String directory, Optional<String> lack) implements Message {}

  /** The ranks are to be held, or not. */
  record KeepaliveSet(Walk.Keepalive wanted) implements Message {}

  /** The tree has changed. */
  record Updated(
      JobTree tree,
      Walk.DeleteOld deleteOld,
      Past.Failed failed,
      CompletableFuture<UpdateReport> answer)
      implements Message {}
}
