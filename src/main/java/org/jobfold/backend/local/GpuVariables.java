package org.jobfold.backend.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The variables that leave a program some GPUs of its host, and no others.
 *
 * <p>Each maker's runtime heeds its own, so both are set. AMD's heeds NVIDIA's, too, and counts in
 * it the GPUs that {@code ROCR_VISIBLE_DEVICES} has left: on a host with AMD's driver, that and its
 * kin say all of these.
 *
 * <p>Source: the CUDA C++ programming guide ({@code CUDA_VISIBLE_DEVICES}); the ROCm documentation,
 * "GPU isolation techniques".
 */
final class GpuVariables {
  private static final String DRIVER = "/dev/kfd";

  /** The one that always says ids. */
  static final String IDS = "ROCR_VISIBLE_DEVICES";

  private static final String CUDA = "CUDA_VISIBLE_DEVICES";
  private static final List<String> COUNTED = List.of("HIP_VISIBLE_DEVICES", "GPU_DEVICE_ORDINAL");

  /** All of them. */
  static final List<String> NAMES = List.of(CUDA, IDS, COUNTED.get(0), COUNTED.get(1));

  /** Whose driver a host has. */
  enum Driver {
    /** AMD's. */
    AMD,
    /** Another one, or none. */
    OTHER
  }

  private final Driver driver;

  GpuVariables(Driver driver) {
    this.driver = driver;
  }

  /** Those of this host. */
  static GpuVariables ofThisHost() {
    return new GpuVariables(Files.exists(Path.of(DRIVER)) ? Driver.AMD : Driver.OTHER);
  }

  /** What leaves a program these GPUs; none: it sees none. */
  Map<String, String> of(List<String> ids) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put(IDS, String.join(",", ids));
    if (driver == Driver.AMD) {
      String left =
          IntStream.range(0, ids.size())
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(","));
      variables.put(CUDA, left);
      COUNTED.forEach(name -> variables.put(name, left));
    } else {
      variables.put(CUDA, String.join(",", ids));
    }
    return variables;
  }
}
