package org.jobfold.backend.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jobfold.call.CallParams;
import org.jobfold.comm.Host;
import org.jobfold.folder.ParamVariable;
import org.jobfold.spi.Order;

/**
 * The variables by which jobfold tells a trial which folder it is of, whether it is a process of
 * its own or a call in ranks that are there.
 */
public final class FolderVariables {
  /** The mark of a run, which no folder may set. */
  static final String RUN = "JOBFOLD_RUN";

  /** How many threads a process has, by the rules of OpenMP. */
  static final String THREADS = "OMP_NUM_THREADS";

  static final String CORES = "JOBFOLD_CORES";
  static final String GPUS = "JOBFOLD_GPUS";

  private static final String STEP = "JOBFOLD_STEP";

  private FolderVariables() {}

  /**
   * Whether a variable of this name, where jobfold has inherited it, was said to the trial that
   * jobfold itself runs in, and not to those that it starts.
   */
  public static boolean areOfOneTrial(String name) {
    return name.startsWith(ParamVariable.PREFIX)
        || name.equals(STEP)
        || name.equals(CORES)
        || name.equals(GPUS)
        || name.equals(CallParams.VARIABLE);
  }

  /** Those of an order. */
  static Map<String, String> of(Path root, Order order) throws CannotStartException {
    Map<String, String> variables = new HashMap<>();
    variables.put("JOBFOLD_ROOT", root.toString());
    variables.put("JOBFOLD_FOLDER", order.folder().name().path());
    variables.put("JOBFOLD_TRIAL", Integer.toString(order.id().number()));
    variables.put("JOBFOLD_RANKS", Integer.toString(order.placement().processes()));
    variables.put("JOBFOLD_HOSTS", hosts(order.placement().hosts()));
    variables.put("JOBFOLD_SLOT", Integer.toString(order.slot()));
    if (!order.step().name().isEmpty()) {
      variables.put(STEP, order.step().name());
    }
    SortedMap<String, String> params = order.folder().settings().params();
    if (!params.isEmpty()) {
      putParams(params, variables);
    }
    return variables;
  }

  private static String hosts(List<Host> hosts) {
    return hosts.size() == 1
        ? hosts.get(0).name()
        : hosts.stream().map(Host::name).collect(Collectors.joining(","));
  }

  private static void putParams(SortedMap<String, String> params, Map<String, String> variables)
      throws CannotStartException {
    Optional<String> clash = ParamVariable.clash(params.keySet());
    if (clash.isPresent()) {
      throw CannotStartException.because(clash.get());
    }
    params.forEach((name, value) -> variables.put(ParamVariable.of(name), value));
  }
}
