package org.jobfold.schedule;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.folder.Command;
import org.jobfold.folder.FolderName;

/**
 * A job that is a program. It is started by the back end that the scheduler was given for
 * processes, and ended with all that it started.
 *
 * @param command what is started
 * @param directory where: below the root of that back end; it must be there
 * @param env variables beside the environment of this process
 * @param stdin the file that standard input is read from, relative to the directory; where absent,
 *     {@code /dev/null}
 * @param stdout the file that standard output goes to, relative to the directory. One that is there
 *     is moved aside: two that run at a time in one directory need two names
 * @param stderr the file that standard error goes to, relative to the directory; may be that of
 *     stdout
 * @param codes what its exit codes mean
 * @param options how it is run
 */
public record ProcessJob(
    Command command,
    FolderName directory,
    SortedMap<String, String> env,
    Optional<String> stdin,
    String stdout,
    String stderr,
    Codes codes,
    JobOptions options)
    implements Job {
  /** What exit codes mean. */
  public enum Codes {
    /** 0 is success, and everything else is failure. */
    PLAIN,
    /**
     * Beside that, as in e3-core: 75 is {@link Said#NOT_READY}, 125 is {@link Said#SKIPPED}, 126 is
     * {@link Said#UNCHANGED}. Shells use 126 for a program that can not be executed.
     */
    RESERVED
  }

  /** Copies the map. */
  public ProcessJob {
    env = Collections.unmodifiableSortedMap(new TreeMap<>(env));
  }

  /**
   * A program with its arguments, in a directory below the root: {@code ""} is the root itself.
   * Output goes to {@code stdout} and {@code stderr} there.
   */
  public static ProcessJob of(String directory, String... argv) {
    return new ProcessJob(
        new Command.Exec(List.of(argv)),
        FolderName.ROOT.resolve(directory),
        new TreeMap<>(),
        Optional.empty(),
        "stdout",
        "stderr",
        Codes.PLAIN,
        JobOptions.DEFAULT);
  }

  /** The same with other files for the standard streams. */
  public ProcessJob withStreams(Optional<String> in, String out, String err) {
    return new ProcessJob(command, directory, env, in, out, err, codes, options);
  }

  /** The same with other variables. */
  public ProcessJob withEnv(Map<String, String> variables) {
    return new ProcessJob(
        command, directory, new TreeMap<>(variables), stdin, stdout, stderr, codes, options);
  }

  /** The same with another meaning of its exit codes. */
  public ProcessJob with(Codes other) {
    return new ProcessJob(command, directory, env, stdin, stdout, stderr, other, options);
  }

  /** The same with other options. */
  public ProcessJob with(JobOptions other) {
    return new ProcessJob(command, directory, env, stdin, stdout, stderr, codes, other);
  }
}
