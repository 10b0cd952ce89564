package org.jobfold.backend.cluster;

import java.nio.file.Path;
import org.jobfold.comm.Host;
import org.jobfold.spi.EventLog;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionContract;

/** The session of a lead's own host, which has an agent on another one beside it. */
class LeadSessionTest extends SessionContract {
  @Override
  protected Session open(Path root, EventLog events) {
    return Clusters.backend(root, Clusters.ranks("node1", 2, "node2", 2), new Host("node1"))
        .open(events);
  }
}
