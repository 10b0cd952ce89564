package org.jobfold.call;

import java.util.Optional;

/**
 * A functional written in Java. It runs in a JVM of its own whose working directory is the job
 * folder; what it prints is in the folder's stdout and stderr.
 *
 * <p>The class needs a constructor without parameters. An instance is made for each trial.
 */
public interface JobCall {
  /**
   * Does the work.
   *
   * @throws Exception if it failed; the stack trace is in the folder's stderr
   */
  void call(CallContext context) throws Exception;

  /**
   * Whether the files in the folder show that the work was done.
   *
   * <p>It is asked before the call: if it says true, the call is passed over, unless the param
   * {@code overwrite} is true. There, an exception counts as a no. It is asked again after the
   * call: then the trial succeeded if it says true, also when the call threw, and failed if it says
   * false, also when the call did not.
   *
   * @return empty, as it is here, if the files can not tell: then the call is always made, and
   *     succeeded if it did not throw
   * @throws Exception if the files can not be read
   */
  default Optional<Boolean> successful(CallContext context) throws Exception {
    return Optional.empty();
  }
}
