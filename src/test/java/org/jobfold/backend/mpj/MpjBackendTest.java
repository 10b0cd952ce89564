package org.jobfold.backend.mpj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;
import org.jobfold.folder.Settings;
import org.jobfold.spi.Backend;
import org.jobfold.spi.Orders;
import org.junit.jupiter.api.Test;

/** What a world can not do for a folder is said before anything starts. */
class MpjBackendTest {
  private static final Settings MPI = Settings.DEFAULT.withMpi();

  private final FakeRanks ranks = new FakeRanks(List.of());
  private final Backend programs = mock(Backend.class);

  private List<Problem> problems(JobFolder folder, String... hosts) throws InterruptedException {
    when(programs.allocation()).thenReturn(Orders.ranks("node1", 2));
    when(programs.problems(any())).thenReturn(List.of());
    for (int rank = 0; rank < hosts.length; rank++) {
      ranks.early(rank, new Message.Here(hosts[rank]));
    }
    MpjLead lead = MpjLead.await(hosts.length, ranks, Duration.ofSeconds(10));
    return new MpjBackend(Path.of("/tree"), lead, lead.allocation(), programs)
        .problems(JobTree.of(folder));
  }

  private static JobFolder call(Settings settings, String... jvm) {
    return JobFolder.of("/a", new Functional.Call("my.Pi", List.of(), List.of(jvm)), settings);
  }

  @Test
  void aCallHasNone() throws InterruptedException {
    assertThat(problems(call(MPI), "node1", "node2")).isEmpty();
  }

  @Test
  void theJvmIsThereAlready() throws InterruptedException {
    assertThat(problems(call(MPI, "-Xmx1g"), "node1", "node1"))
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .contains("'call.jvm' is '-Xmx1g'");
  }

  @Test
  void thereIsNoStandardInput() throws InterruptedException {
    Settings settings = MPI.withStreams(Optional.of("in"), "stdout", "stderr");
    assertThat(problems(call(settings), "node1", "node1"))
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .contains("'stdin' is 'in'");
  }

  @Test
  void programsAreStartedWhereTheirBackEndReaches() throws InterruptedException {
    JobFolder program = JobFolder.shell("/a", "true");
    assertThat(problems(program, "node1", "node1")).isEmpty();
    assertThat(problems(program, "node1", "node2"))
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .contains("on 2 hosts, of which programs can be started on 'node1' alone");
  }

  @Test
  void theAllocationIsTheRanksOnTheirHosts() throws InterruptedException {
    ranks.early(0, new Message.Here("node1"));
    ranks.early(1, new Message.Here("node2"));
    ranks.early(2, new Message.Here("node1"));
    MpjLead lead = MpjLead.await(3, ranks, Duration.ofSeconds(10));
    assertThat(lead.allocation().machineFile()).isEqualTo("node1\nnode1\nnode2\n");
    assertThat(lead.allocation().shares().get(0).ranks()).containsExactly(0, 2);
  }
}
