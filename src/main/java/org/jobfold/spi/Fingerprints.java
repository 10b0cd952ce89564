package org.jobfold.spi;

import java.util.List;
import java.util.Optional;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.print.Check;
import org.jobfold.print.Digest;
import org.jobfold.print.Made;
import org.jobfold.print.Predecessor;

/**
 * What folders depend on, and what they depended on when they succeeded last.
 *
 * <p>For each folder there are two digests. What it <em>asks for</em>: what it runs, its params,
 * environment and ranks, the content of its inputs, and what each of its predecessors made. What it
 * <em>made</em>, which is all that those see that wait for it: the content of its outputs if it
 * declares any, else what it asked for. So a folder that runs again and writes the same outputs
 * does not make its successors run.
 *
 * <p>An implementation MUST
 *
 * <ul>
 *   <li>say that a folder need not run only if there is a record of its last success, it asks for
 *       the same now, and the outputs that it declares are there and have the content that they had
 *       then; and, if it declares no outputs, it was not begun since without succeeding;
 *   <li>say that a folder must run if a predecessor's {@link Predecessor#made} is not known;
 *   <li>keep the record of a success until a later success of that folder replaces it, whatever
 *       happens to other folders;
 *   <li>take what the folder asked for before it was begun for the record, not what is there when
 *       it has ended: what somebody changed meanwhile makes it run again;
 *   <li>give a folder without a fingerprint another {@link Made#digest} after each success, unless
 *       it declares outputs;
 *   <li>treat a record that is damaged as none, and say so;
 *   <li>let a record that can not be written cost no more than that its folder runs again later;
 *   <li>be safe to call from several threads, for different folders.
 * </ul>
 *
 * <p>A caller MUST
 *
 * <ul>
 *   <li>call {@link #check}, {@link #begins} and {@link #succeeded} from other threads than the one
 *       that owns the run: they read and write files, and may take long;
 *   <li>for each folder that is run, call {@link #check} before it is, {@link #begins} before its
 *       first process is started, and {@link #succeeded} once if it has succeeded; nothing if it
 *       has not;
 *   <li>not start a folder for which {@link #begins} failed.
 * </ul>
 *
 * <p>A folder without a fingerprint that nobody waits for needs no call but {@link #check}.
 */
public interface Fingerprints extends AutoCloseable {
  /** Nothing has a fingerprint, and nothing is kept. */
  Fingerprints NONE =
      new Fingerprints() {
        @Override
        public Check check(JobFolder folder, List<Predecessor> predecessors) {
          return new Check.NoFingerprint();
        }

        @Override
        public void begins(FolderName folder) {}

        @Override
        public Optional<Made> succeeded(JobFolder folder, List<Predecessor> predecessors) {
          return Optional.empty();
        }

        @Override
        public Optional<Digest> made(JobFolder folder) {
          return Optional.empty();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /**
   * Whether a folder must run. Reads the inputs and outputs that have changed since they were read
   * last.
   *
   * @param predecessors all folders that it waits for
   */
  Check check(JobFolder folder, List<Predecessor> predecessors);

  /**
   * A folder is about to be started. What it leaves is of no known origin until it has succeeded.
   *
   * @throws NotWrittenException if that can not be written down: then it may not be started
   */
  void begins(FolderName folder);

  /**
   * A folder has succeeded: looks at its inputs and outputs anew, and keeps the record.
   *
   * @param folder as it was checked
   * @param predecessors as they were when it was checked
   * @return what those see that wait for it; empty if nothing can be known of it
   * @throws IllegalStateException if it was not checked before
   */
  Optional<Made> succeeded(JobFolder folder, List<Predecessor> predecessors);

  /**
   * What those see that wait for a folder that does not run now, because it is tagged or has
   * succeeded in the run that is resumed: its outputs as they are, or what its last success made.
   * Empty if that is not known. Reads files, as {@link #check} does.
   */
  Optional<Digest> made(JobFolder folder);

  /** Hands all records to the system, so that they outlive this process. Never fails. */
  void flush();

  /** Flushes, and lets go of what it holds. Never fails. */
  @Override
  void close();
}
