package org.jobfold.process;

import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import org.jobfold.call.CallContext;
import org.jobfold.call.JobCall;

/** Computes π by the midpoint rule, the test functional of pylada: order 4 gives 3.146801. */
public final class Quadrature implements JobCall {
  @Override
  public void call(CallContext context) throws Exception {
    int order = context.integer("order");
    double sum = 0;
    for (int i = 0; i < order; i++) {
      double x = (i + 0.5) / order;
      sum += 4 / (1 + x * x);
    }
    Files.writeString(
        context.directory().resolve("pi"), String.format(Locale.ROOT, "%.6f", sum / order));
  }

  @Override
  public Optional<Boolean> successful(CallContext context) {
    return Optional.of(Files.exists(context.directory().resolve("pi")));
  }
}
