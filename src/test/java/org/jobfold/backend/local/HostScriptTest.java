package org.jobfold.backend.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.junit.jupiter.api.Test;

/** Run by a real shell, as an MPI launcher would on each host. */
class HostScriptTest {
  private static final String SHOW =
      "echo \"$OMP_NUM_THREADS $JOBFOLD_GPUS $CUDA_VISIBLE_DEVICES $ROCR_VISIBLE_DEVICES $1\"";

  @Test
  void eachHostHasItsOwnGpus() throws Exception {
    HostScript script =
        HostScript.of(
            placement("n1 0 2", "n2.site 1 3"),
            GpuUse.of(List.of("0", "1", "2", "3")),
            Map.of("OMP_NUM_THREADS", "4"),
            Set.of());
    assertThat(run(script, Map.of("SLURMD_NODENAME", "n1"))).isEqualTo("4 0,2 0,2 0,2 a b");
    assertThat(run(script, Map.of("SLURMD_NODENAME", "n2"))).isEqualTo("4 1,3 1,3 1,3 a b");
    assertThat(run(script, Map.of("SLURMD_NODENAME", "n2.site"))).isEqualTo("4 1,3 1,3 1,3 a b");
    assertThat(run(script, Map.of("SLURMD_NODENAME", "n22")))
        .contains("is none of the hosts 'n1', 'n2.site', so its GPUs are not known");
  }

  @Test
  void theSameOnAllHostsNeedsNoName() throws Exception {
    HostScript script =
        HostScript.of(
            placement("n1 GPU-a", "n2 GPU-a"), GpuUse.of(List.of("GPU-a")), Map.of(), Set.of());
    assertThat(run(script, Map.of("OMP_NUM_THREADS", "1"))).isEqualTo("1 GPU-a GPU-a GPU-a a b");
  }

  @Test
  void placesAreThoseAmongWhatTheLauncherHasLeft() throws Exception {
    HostScript script =
        HostScript.of(
            placement("n1 1", "n2 0"),
            new GpuUse(GpuUse.Naming.PLACES, List.of("4", "5")),
            Map.of(),
            Set.of());
    Map<String, String> n1 =
        Map.of("SLURMD_NODENAME", "n1", "CUDA_VISIBLE_DEVICES", "6,7", "OMP_NUM_THREADS", "1");
    assertThat(run(script, n1)).isEqualTo("1 7 7 7 a b");
    Map<String, String> unknown =
        Map.of(
            "SLURMD_NODENAME", "n1", "CUDA_VISIBLE_DEVICES", "NoDevFiles", "OMP_NUM_THREADS", "1");
    assertThat(run(script, unknown)).isEqualTo("1 1 1 1 a b");
  }

  @Test
  void noneAreSeenWhereNoneWereAskedForAndTheFolderHasTheLastWord() throws Exception {
    HostScript script =
        HostScript.of(
            placement("n1", "n2"),
            GpuUse.of(List.of("0")),
            Map.of(),
            Set.of("CUDA_VISIBLE_DEVICES"));
    assertThat(
            run(
                script,
                Map.of(
                    "CUDA_VISIBLE_DEVICES", "9",
                    "ROCR_VISIBLE_DEVICES", "9",
                    "OMP_NUM_THREADS", "1")))
        .isEqualTo("1  9  a b");
  }

  @Test
  void withNothingToSetTheCommandIsAsItIs() {
    assertThat(
            HostScript.of(placement("n1", "n2"), GpuUse.NONE, Map.of(), Set.of())
                .around(List.of("pw.x")))
        .containsExactly("pw.x");
  }

  private static String run(HostScript script, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(script.around(List.of("/bin/sh", "-c", SHOW, "show", "a b")))
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out.strip();
  }

  private static Placement placement(String... hosts) {
    List<Placement.Share> shares = new ArrayList<>();
    for (String host : hosts) {
      List<String> words = List.of(host.split(" "));
      shares.add(
          new Placement.Share(
              new Host(words.get(0)), List.of(shares.size()), 1, words.subList(1, words.size())));
    }
    return new Placement(shares);
  }
}
