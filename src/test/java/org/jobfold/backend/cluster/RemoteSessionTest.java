package org.jobfold.backend.cluster;

import java.nio.file.Path;
import org.jobfold.comm.Host;
import org.jobfold.spi.EventLog;
import org.jobfold.spi.Orders;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionContract;

/** The session of a host that has an agent: another JVM. */
class RemoteSessionTest extends SessionContract {
  @Override
  protected Session open(Path root, EventLog events) {
    return Clusters.backend(root, Orders.ranks("node1", 1), new Host("elsewhere")).open(events);
  }
}
