package org.jobfold.run;

import java.util.concurrent.CompletableFuture;
import org.jobfold.folder.JobTree;
import org.jobfold.spi.SessionEvent;
import org.jobfold.walk.Stop;
import org.jobfold.walk.UpdateReport;
import org.jobfold.walk.Walk;

/** What other threads put into the mailbox of a run. */
sealed interface Message {
  /** Something happened to a process. */
  record Happened(SessionEvent event) implements Message {}

  /** The run is to stop. */
  record StopAsked(Stop how, String reason) implements Message {}

  /** The ranks are to be held, or not. */
  record KeepaliveSet(Walk.Keepalive wanted) implements Message {}

  /** The tree has changed. */
  record Updated(JobTree tree, Walk.DeleteOld deleteOld, CompletableFuture<UpdateReport> answer)
      implements Message {}
}
