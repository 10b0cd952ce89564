package org.jobfold.backend.local;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jobfold.call.CallParams;
import org.jobfold.comm.Host;
import org.jobfold.folder.Functional;
import org.jobfold.folder.Settings;
import org.jobfold.launch.Affinity;
import org.jobfold.spi.Order;

/**
 * The environment of a trial, beside what jobfold was started with. Later wins: what the back end
 * sets, what the folder's {@code env} sets, jobfold's own variables.
 *
 * <table>
 * <caption>jobfold's own variables</caption>
 * <tr><td>{@code JOBFOLD_ROOT}</td><td>the directory of the tree, absolute</td></tr>
 * <tr><td>{@code JOBFOLD_FOLDER}</td><td>the folder's name: {@code /si/a5.43}</td></tr>
 * <tr><td>{@code JOBFOLD_TRIAL}</td><td>which trial this is, from 1</td></tr>
 * <tr><td>{@code JOBFOLD_STEP}</td><td>the name of the step; not set without steps</td></tr>
 * <tr><td>{@code JOBFOLD_RANKS}</td><td>how many ranks it has</td></tr>
 * <tr><td>{@code JOBFOLD_HOSTS}</td><td>the hosts that they are on, with commas between</td></tr>
 * <tr><td>{@code JOBFOLD_MACHINEFILE}</td><td>a file with a line for each rank</td></tr>
 * <tr><td>{@code JOBFOLD_SLOT}</td><td>a small number, unique among what runs now</td></tr>
 * <tr><td>{@code JOBFOLD_CORES}</td><td>the cores that it is bound to on the host where it is
 * started, as {@code 0-3,8}; not set where it is not bound</td></tr>
 * <tr><td>{@code JOBFOLD_GPUS}</td><td>the ids of its GPUs on the host where it is started, with
 * commas between; not set where none are shared out</td></tr>
 * <tr><td>{@code JOBFOLD_PARAM_NAME}</td><td>the param {@code name}, for each: in capitals, with
 * {@code _} for all but letters of the alphabet and digits</td></tr>
 * <tr><td>{@code JOBFOLD_CALL_PARAMS}</td><td>for a call: all params with their exact names, as a
 * properties file</td></tr>
 * </table>
 *
 * <p>A program that is started through MPI also gets, where neither jobfold's environment nor the
 * folder says otherwise: no binding to cores, since each Open MPI launcher on a host would bind its
 * ranks to the same first cores; and, for root only, Open MPI's two permissions to run as root.
 *
 * <p>{@code OMP_NUM_THREADS} is how many threads the folder asks for, unless its {@code env} says
 * otherwise; where it does not ask and ranks have cores of their own, how many cores a rank has,
 * unless jobfold's environment says otherwise, too.
 *
 * <p>Where GPUs are shared out, a folder sees its own, and none if it asked for none, unless its
 * {@code env} says otherwise.
 *
 * <p>A call gets the {@code LC_ALL} of this JVM, not the user's: Java reads the names of files in
 * it, and those that jobfold can read its calls must be able to read too.
 */
final class TrialVariables {
  private static final String LOCALE = "LC_ALL";

  private final Path root;
  private final Map<String, String> common = new HashMap<>();
  private final Map<String, String> forMpi = new HashMap<>();
  private final Map<String, String> forCalls = new HashMap<>();
  private final Map<Host, CoreShare> cores;
  private final GpuUse gpus;
  private final GpuVariables gpuVariables = GpuVariables.ofThisHost();
  private final boolean threadsAreSaid;

  /**
   * For the trials of one tree.
   *
   * @param root the directory of the tree
   * @param options what the back end sets
   * @param inherited the environment of this JVM, which each trial inherits
   */
  TrialVariables(Path root, LocalOptions options, Map<String, String> inherited) {
    this.root = root;
    // A jobfold that runs in a trial of another must not hand on what was said to that trial.
    inherited.keySet().stream()
        .filter(FolderVariables::areOfOneTrial)
        .forEach(name -> common.put(name, ""));
    common.putAll(options.env());
    this.cores = options.cores();
    this.gpus = options.gpus();
    this.threadsAreSaid = inherited.containsKey(FolderVariables.THREADS);
    forMpi.put("OMPI_MCA_hwloc_base_binding_policy", "none");
    forMpi.put("PRTE_MCA_hwloc_default_binding_policy", "none");
    if (AsRoot.YES) {
      forMpi.put("OMPI_ALLOW_RUN_AS_ROOT", "1");
      forMpi.put("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
    }
    forMpi.keySet().removeAll(inherited.keySet());
    if (inherited.containsKey(LOCALE)) {
      forCalls.put(LOCALE, inherited.getOrDefault(LOCALE, ""));
    }
  }

  /**
   * The variables of an order.
   *
   * @param bound the cores that it is bound to; empty where it is not
   */
  Map<String, String> of(Order order, Path directory, Path machineFile, List<Integer> bound)
      throws CannotStartException {
    Settings settings = order.folder().settings();
    boolean isCall = order.step().functional() instanceof Functional.Call;
    Map<String, String> variables = new HashMap<>(64);
    if (settings.mpi()) {
      variables.putAll(forMpi);
    }
    if (!threadsAreSaid) {
      threads(order)
          .ifPresent(count -> variables.put(FolderVariables.THREADS, Integer.toString(count)));
    }
    variables.put("PWD", directory.toString());
    variables.putAll(common);
    settings
        .threads()
        .ifPresent(count -> variables.put(FolderVariables.THREADS, Integer.toString(count)));
    List<String> ids = gpus.ids(order.placement().shares().get(0).gpus());
    if (gpus.isShared() && !isOnSeveral(order)) {
      variables.putAll(gpuVariables.of(ids));
    }
    if (isCall) {
      variables.putAll(forCalls);
    }
    variables.putAll(settings.env());
    variables.remove(FolderVariables.RUN);
    variables.putAll(FolderVariables.of(root, order));
    variables.put("JOBFOLD_MACHINEFILE", machineFile.toString());
    if (!bound.isEmpty()) {
      variables.put(FolderVariables.CORES, Affinity.text(bound));
    }
    if (gpus.isShared()) {
      variables.put(FolderVariables.GPUS, String.join(",", ids));
    }
    if (isCall) {
      variables.put(CallParams.VARIABLE, CallParams.text(settings.params()));
    }
    return variables;
  }

  /** How many threads each process is to have, if that is known. */
  OptionalInt threads(Order order) {
    OptionalInt asked = order.folder().settings().threads();
    CoreShare share = cores.get(order.placement().hosts().get(0));
    if (asked.isPresent() || share == null) {
      return asked;
    }
    return OptionalInt.of(share.perRank());
  }

  /** What the processes of an order find on each of its hosts, if it is on several. */
  HostScript onEachHost(Order order) {
    Settings settings = order.folder().settings();
    Map<String, String> same = new HashMap<>();
    if (isOnSeveral(order)) {
      if (settings.threads().isPresent() && !settings.env().containsKey(FolderVariables.THREADS)) {
        same.put(FolderVariables.THREADS, Integer.toString(settings.threads().getAsInt()));
      }
      return HostScript.of(order.placement(), gpus, same, settings.env().keySet());
    }
    return HostScript.NONE;
  }

  private static boolean isOnSeveral(Order order) {
    return order.folder().settings().mpi() && order.placement().hosts().size() > 1;
  }

  /** Asked once, and only when there is a session: it loads a native library. */
  private static final class AsRoot {
    static final boolean YES = new UnixSystem().getUid() == 0;
  }
}
