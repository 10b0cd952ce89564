import mpi.Intracomm;
import mpi.MPI;
import org.jobfold.call.CallContext;
import org.jobfold.call.MpiCall;
import org.jobfold.call.MpiContext;

/**
 * Computes π as the integral of 4 / (1 + x²) from 0 to 1, by the midpoint rule with as many intervals as
 * the param "order" says. The intervals are dealt out to the ranks; the first rank adds up and prints.
 */
public final class Pi implements MpiCall {
  @Override
  public void call(MpiContext context, Intracomm ranks) throws Exception {
    CallContext call = context.call();
    int order = call.integer("order");
    String fail = call.find("fail").orElse("");
    if (fail.equals("midway")) {
      throw new IllegalStateException("told to fail midway");
    }
    double sum = 0;
    for (int i = ranks.Rank(); i < order; i += ranks.Size()) {
      double x = (i + 0.5) / order;
      sum += 4 / (1 + x * x);
    }
    double[] all = new double[1];
    ranks.Allreduce(new double[] {sum}, 0, all, 0, 1, MPI.DOUBLE, MPI.SUM);
    if (ranks.Rank() == 0) {
      context.out().printf("pi to order %d: %.6f%nranks: %d%n", order, all[0] / order, ranks.Size());
    }
    if (fail.equals("at the end")) {
      throw new IllegalStateException("told to fail at the end");
    }
  }
}
