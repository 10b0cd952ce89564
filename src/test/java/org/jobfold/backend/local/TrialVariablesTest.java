package org.jobfold.backend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jobfold.call.CallParams;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.Command;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Settings;
import org.jobfold.folder.Step;
import org.jobfold.spi.Order;
import org.jobfold.spi.Orders;
import org.jobfold.trial.TrialId;
import org.junit.jupiter.api.Test;

class TrialVariablesTest {
  private static final LocalOptions OPTIONS = LocalOptions.ranks(4);

  @Test
  void everyTrialSeesWhereItIs() throws CannotStartException {
    Placement placement =
        new Placement(
            List.of(
                new Placement.Share(new Host("n1"), List.of(0, 1)),
                new Placement.Share(new Host("n2"), List.of(4))));
    Step step = new Step("relax", new Functional.Program(new Command.Shell("x")), Optional.empty());
    JobFolder folder =
        JobFolder.of("/si/a5.43", new Functional.Steps(List.of(step)), Settings.DEFAULT);
    Order order = new Order(new TrialId(folder.name(), 3, 0), folder, step, placement, 7);
    assertThat(of(order, Map.of()))
        .containsEntry("JOBFOLD_ROOT", "/tree")
        .containsEntry("JOBFOLD_FOLDER", "/si/a5.43")
        .containsEntry("JOBFOLD_TRIAL", "3")
        .containsEntry("JOBFOLD_STEP", "relax")
        .containsEntry("JOBFOLD_RANKS", "3")
        .containsEntry("JOBFOLD_HOSTS", "n1,n2")
        .containsEntry("JOBFOLD_MACHINEFILE", "/machines/slot-7")
        .containsEntry("JOBFOLD_SLOT", "7")
        .containsEntry("PWD", "/tree/folder")
        .doesNotContainKey(CallParams.VARIABLE);
  }

  @Test
  void theFolderWinsOverTheBackEndAndJobfoldOverBoth() throws CannotStartException {
    Settings settings =
        Settings.DEFAULT.withEnv(
            Map.of("A", "folder", "JOBFOLD_ROOT", "/mine", "JOBFOLD_RUN", "x", "JOBFOLD_X", "y"));
    TrialVariables variables =
        new TrialVariables(
            Path.of("/tree"), OPTIONS.withEnv(Map.of("A", "options", "B", "options")), Map.of());
    assertThat(
            variables.of(
                Orders.shell("/a", "x", settings), Path.of("/d"), Path.of("/m"), List.of()))
        .containsEntry("A", "folder")
        .containsEntry("B", "options")
        .containsEntry("JOBFOLD_ROOT", "/tree")
        .containsEntry("JOBFOLD_X", "y")
        .doesNotContainKey("JOBFOLD_RUN");
  }

  @Test
  void threadsAreThoseThatTheFolderAsksFor() throws CannotStartException {
    Placement placement =
        new Placement(
            List.of(new Placement.Share(new Host("n1"), List.of(0, 1, 2, 3), 2, List.of())));
    Map<String, String> inherited = Map.of("OMP_NUM_THREADS", "64");
    Settings asks = Settings.DEFAULT.edit().threads(8).build();
    assertThat(of(order(asks, placement), OPTIONS, inherited))
        .containsEntry("OMP_NUM_THREADS", "8")
        .containsEntry("JOBFOLD_RANKS", "2");
    assertThat(
            of(order(asks.withEnv(Map.of("OMP_NUM_THREADS", "2")), placement), OPTIONS, inherited))
        .containsEntry("OMP_NUM_THREADS", "2");
    assertThat(of(order(Settings.DEFAULT, placement), OPTIONS, inherited))
        .doesNotContainKey("OMP_NUM_THREADS");
  }

  @Test
  void aFolderSeesItsOwnGpusAndNoneIfItHasNone() throws CannotStartException {
    Map<String, String> inherited =
        Map.of("CUDA_VISIBLE_DEVICES", "0,1,2", "ROCR_VISIBLE_DEVICES", "0", "JOBFOLD_GPUS", "7");
    LocalOptions shared = OPTIONS.withGpus(GpuUse.of(List.of("0", "1", "2")));
    assertThat(of(order(Settings.DEFAULT, gpus("1", "2")), shared, inherited))
        .containsEntry("CUDA_VISIBLE_DEVICES", "1,2")
        .containsEntry("ROCR_VISIBLE_DEVICES", "1,2")
        .containsEntry("JOBFOLD_GPUS", "1,2");
    assertThat(of(order(Settings.DEFAULT, gpus()), shared, inherited))
        .containsEntry("CUDA_VISIBLE_DEVICES", "")
        .containsEntry("ROCR_VISIBLE_DEVICES", "")
        .containsEntry("JOBFOLD_GPUS", "");
    Settings own = Settings.DEFAULT.withEnv(Map.of("CUDA_VISIBLE_DEVICES", "0"));
    assertThat(of(order(own, gpus("2")), shared, inherited))
        .containsEntry("CUDA_VISIBLE_DEVICES", "0")
        .containsEntry("JOBFOLD_GPUS", "2");
    assertThat(of(order(Settings.DEFAULT, gpus()), OPTIONS, inherited))
        .as("not shared out, and nothing of an outer jobfold's")
        .doesNotContainKeys("CUDA_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES")
        .containsEntry("JOBFOLD_GPUS", "");
  }

  @Test
  void placesAreThoseAmongTheIdsOfTheHost() throws CannotStartException {
    LocalOptions places =
        OPTIONS.withGpus(new GpuUse(GpuUse.Naming.PLACES, List.of("GPU-a", "GPU-b")));
    assertThat(of(order(Settings.DEFAULT, gpus("1")), places, Map.of()))
        .containsEntry("CUDA_VISIBLE_DEVICES", "GPU-b");
    assertThatThrownBy(() -> of(order(Settings.DEFAULT, gpus("2")), places, Map.of()))
        .isInstanceOf(CannotStartException.class);
  }

  @Test
  void amdCountsAnewWhatIsLeft() {
    assertThat(new GpuVariables(GpuVariables.Driver.AMD).of(List.of("2", "5")))
        .containsEntry("ROCR_VISIBLE_DEVICES", "2,5")
        .containsEntry("HIP_VISIBLE_DEVICES", "0,1")
        .containsEntry("CUDA_VISIBLE_DEVICES", "0,1");
  }

  private static Placement gpus(String... ids) {
    return new Placement(List.of(new Placement.Share(new Host("n1"), List.of(0), 1, List.of(ids))));
  }

  private static Order order(Settings settings, Placement placement) {
    Order any = Orders.shell("/a", "x", settings);
    return new Order(any.id(), any.folder(), any.step(), placement, 0);
  }

  private static Map<String, String> of(
      Order order, LocalOptions options, Map<String, String> inherited)
      throws CannotStartException {
    return new TrialVariables(Path.of("/tree"), options, inherited)
        .of(order, Path.of("/tree/a"), Path.of("/m"), List.of());
  }

  @Test
  void paramsInCapitals() throws CannotStartException {
    Settings settings =
        Settings.DEFAULT.overriddenBy(Map.of("temperature", "300", "k-points 2", "4 4 4"));
    assertThat(of(Orders.shell("/a", "x", settings), Map.of()))
        .containsEntry("JOBFOLD_PARAM_TEMPERATURE", "300")
        .containsEntry("JOBFOLD_PARAM_K_POINTS_2", "4 4 4");
  }

  @Test
  void paramsThatWouldBeOneVariableAreRefused() {
    Settings settings = Settings.DEFAULT.overriddenBy(Map.of("a.b", "1", "A b", "2"));
    assertThatThrownBy(() -> of(Orders.shell("/a", "x", settings), Map.of()))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("params 'A b' and 'a.b' would both be the variable")
        .hasMessageContaining("JOBFOLD_PARAM_A_B");
  }

  @Test
  void aCallGetsItsParamsWithTheirExactNames() throws CannotStartException {
    Settings settings =
        Settings.DEFAULT
            .overriddenBy(Map.of("ecut.Ry", "30"))
            .withEnv(Map.of(CallParams.VARIABLE, "mine=1"));
    Functional.Call call = new Functional.Call("a.B", List.of(), List.of());
    String text =
        of(Orders.of(JobFolder.of("/a", call, settings)), Map.of())
            .getOrDefault(CallParams.VARIABLE, "");
    assertThat(CallParams.of(text)).containsExactly(Map.entry("ecut.Ry", "30"));
  }

  @Test
  void aCallReadsFileNamesAsJobfoldDoes() throws CannotStartException {
    TrialVariables variables =
        new TrialVariables(
            Path.of("/tree"), OPTIONS.withEnv(Map.of("LC_ALL", "C")), Map.of("LC_ALL", "C.UTF-8"));
    Functional.Call call = new Functional.Call("a.B", List.of(), List.of());
    Order program = Orders.shell("/a", "x");
    Order ofCall = Orders.of(JobFolder.of("/a", call, Settings.DEFAULT));
    Order own =
        Orders.of(JobFolder.of("/a", call, Settings.DEFAULT.withEnv(Map.of("LC_ALL", "X"))));
    Path any = Path.of("/any");
    assertThat(variables.of(program, any, any, List.of())).containsEntry("LC_ALL", "C");
    assertThat(variables.of(ofCall, any, any, List.of())).containsEntry("LC_ALL", "C.UTF-8");
    assertThat(variables.of(own, any, any, List.of())).containsEntry("LC_ALL", "X");
  }

  @Test
  void whatWasSaidToATrialThatJobfoldRunsInIsNotHandedOn() throws CannotStartException {
    Map<String, String> inherited =
        Map.of("JOBFOLD_STEP", "outer", "JOBFOLD_PARAM_X", "1", "JOBFOLD_NBPOOLS", "2");
    assertThat(of(Orders.shell("/a", "x"), inherited))
        .containsEntry("JOBFOLD_STEP", "")
        .containsEntry("JOBFOLD_PARAM_X", "")
        .doesNotContainKey("JOBFOLD_NBPOOLS");
  }

  @Test
  void programsThroughMpiAreNotBoundUnlessToldSo() throws CannotStartException {
    String binding = "OMPI_MCA_hwloc_base_binding_policy";
    Order order = Orders.shell("/a", "x", Settings.DEFAULT.withMpi());
    assertThat(of(order, Map.of())).containsEntry(binding, "none");
    assertThat(of(order, Map.of(binding, "core"))).doesNotContainKey(binding);
    assertThat(of(Orders.shell("/a", "x"), Map.of())).doesNotContainKey(binding);
    Settings own = Settings.DEFAULT.withMpi().withEnv(Map.of(binding, "socket"));
    assertThat(of(Orders.shell("/a", "x", own), Map.of())).containsEntry(binding, "socket");
  }

  @Test
  void ranksWithCoresOfTheirOwnSaySoToOpenMp() throws CannotStartException {
    TrialVariables variables = withCores(Map.of());
    Order order = Orders.shell("/a", "x");
    Path any = Path.of("/any");
    assertThat(variables.of(order, any, any, List.of(4, 5, 6)))
        .containsEntry("OMP_NUM_THREADS", "3")
        .containsEntry("JOBFOLD_CORES", "4-6");
    assertThat(variables.of(order, any, any, List.of()))
        .containsEntry("OMP_NUM_THREADS", "3")
        .doesNotContainKey("JOBFOLD_CORES");
    assertThat(withCores(Map.of("OMP_NUM_THREADS", "1")).of(order, any, any, List.of()))
        .doesNotContainKey("OMP_NUM_THREADS");
    Order own = Orders.shell("/a", "x", Settings.DEFAULT.withEnv(Map.of("OMP_NUM_THREADS", "7")));
    assertThat(variables.of(own, any, any, List.of())).containsEntry("OMP_NUM_THREADS", "7");
    assertThat(of(order, Map.of())).doesNotContainKey("OMP_NUM_THREADS");
  }

  private static TrialVariables withCores(Map<String, String> inherited) {
    return new TrialVariables(
        Path.of("/tree"),
        OPTIONS.withCores(Map.of(new Host("node1"), new CoreShare(0, 2, 6))),
        inherited);
  }

  private static Map<String, String> of(Order order, Map<String, String> inherited)
      throws CannotStartException {
    return new TrialVariables(Path.of("/tree"), OPTIONS, inherited)
        .of(order, Path.of("/tree/folder"), Path.of("/machines/slot-7"), List.of());
  }
}
