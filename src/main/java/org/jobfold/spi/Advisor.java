package org.jobfold.spi;

import java.util.function.Consumer;
import org.jobfold.folder.JobFolder;
import org.jobfold.trial.Outcome;

/**
 * Is asked when it is a folder's turn, and again when it has ended: whether it need run, and
 * whether what came of it counts.
 *
 * <p>An implementation MUST
 *
 * <ul>
 *   <li>return at once: it is called by the thread that owns the run. What takes time, such as
 *       looking at files, is done elsewhere, and then answered;
 *   <li>answer each question exactly once, from any thread;
 *   <li>answer with a failure where it can not tell, never with an exception.
 * </ul>
 */
public interface Advisor {
  /** Has nothing to say: it is never asked. */
  Advisor NONE =
      new Advisor() {
        @Override
        public void before(Turn turn, Consumer<Advice> answer) {
          answer.accept(new Advice.Run(turn.folder()));
        }

        @Override
        public void after(JobFolder folder, Outcome outcome, Consumer<Verdict> answer) {
          answer.accept(new Verdict.Accept());
        }
      };

  /**
   * The run begins. Several answers that are to be taken up in one step, before anything else is
   * started, are given within one call of what is handed over here.
   *
   * @param together runs what it is given, on the same thread; that only gives answers
   */
  default void begin(Consumer<Runnable> together) {}

  /** All has been asked that is to be asked now. */
  default void asked() {}

  /** The predecessors of a folder have all ended well: it is its turn. */
  void before(Turn turn, Consumer<Advice> answer);

  /**
   * The last trial of a folder has ended, and what it held is given back. Those that wait for it
   * wait until this is answered.
   *
   * @param outcome how it ended: well, or in a failure after which there is no other trial
   */
  void after(JobFolder folder, Outcome outcome, Consumer<Verdict> answer);
}
