package org.jobfold.spi;

import java.util.List;
import java.util.stream.IntStream;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Settings;
import org.jobfold.trial.TrialId;

/** Orders for tests. */
public final class Orders {
  private Orders() {}

  /** The first trial of a folder without steps, on one rank in slot 0. */
  public static Order of(JobFolder folder) {
    return of(folder, 1);
  }

  /** A trial of a folder without steps, on one rank in slot 0. */
  public static Order of(JobFolder folder, int trial) {
    return new Order(
        new TrialId(folder.name(), trial, 0),
        folder,
        folder.functional().asSteps().get(0),
        ranks("node1", 1),
        0);
  }

  /** The first trial of a folder that runs a shell line. */
  public static Order shell(String name, String line) {
    return of(JobFolder.shell(name, line));
  }

  /** The first trial of a folder that runs a shell line with these settings. */
  public static Order shell(String name, String line, Settings settings) {
    return of(JobFolder.shell(name, line).with(settings));
  }

  /** So many ranks on one host. */
  public static Placement ranks(String host, int count) {
    return new Placement(
        List.of(new Placement.Share(new Host(host), IntStream.range(0, count).boxed().toList())));
  }
}
