package org.jobfold.folder;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a folder's functional is run; inherited by the folders below.
 *
 * @param ranks how many ranks it wants, at least 1; where absent, an equal share of the allocation
 * @param threads how many cores each of its ranks wants, at least 1; where absent, those that a
 *     rank of the allocation has
 * @param gpus how many GPUs it wants on each host that it is on, at least 0
 * @param mpi whether it is started through the MPI launcher on those ranks
 * @param maxtrials how many failures of its own it may have, at least 1, the last one being final;
 *     where absent, what the run says
 * @param timeout how long one trial may take, more than zero; where absent, for ever
 * @param env variables set for each trial, beside the environment that jobfold was started with
 * @param params named values handed to the functional
 * @param stdin the file that standard input is read from, relative to the folder; where absent,
 *     {@code /dev/null}
 * @param stdout the file that standard output goes to, relative to the folder
 * @param stderr the file that standard error goes to, relative to the folder; may be that of stdout
 * @param success when a trial counts as successful
 * @param retry which failures are worth another trial, and when
 * @param tokens how many tokens of which queues a trial holds, each at least 1
 * @param priority of what could start, the folder with the largest starts first
 * @param inputs globs for the files that it reads, relative to the folder; an empty list says that
 *     it reads none, which is not the same as saying nothing
 * @param outputs globs for the files in the folder that it writes
 */
public record Settings(
    OptionalInt ranks,
    OptionalInt threads,
    int gpus,
    boolean mpi,
    OptionalInt maxtrials,
    Optional<Duration> timeout,
    SortedMap<String, String> env,
    SortedMap<String, String> params,
    Optional<String> stdin,
    String stdout,
    String stderr,
    SuccessCheck success,
    Retry retry,
    SortedMap<String, Integer> tokens,
    int priority,
    Optional<List<String>> inputs,
    List<String> outputs) {
  /** What holds where nothing is said. */
  public static final Settings DEFAULT =
      new Settings(
          OptionalInt.empty(),
          OptionalInt.empty(),
          0,
          false,
          OptionalInt.empty(),
          Optional.empty(),
          Collections.emptySortedMap(),
          Collections.emptySortedMap(),
          Optional.empty(),
          "stdout",
          "stderr",
          SuccessCheck.EXIT_ZERO,
          Retry.DEFAULT,
          Collections.emptySortedMap(),
          0,
          Optional.empty(),
          List.of());

  /** Copies the collections; refuses numbers out of range. */
  public Settings {
    if (ranks.isPresent() && ranks.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "'ranks' is " + ranks.getAsInt() + ": a folder needs at least 1");
    }
    if (threads.isPresent() && threads.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "'threads' is " + threads.getAsInt() + ": a rank needs at least 1");
    }
    if (gpus < 0) {
      throw new IllegalArgumentException("'gpus' is " + gpus + ": it is 0 or more");
    }
    if (maxtrials.isPresent() && maxtrials.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "'maxtrials' is " + maxtrials.getAsInt() + ": a folder needs at least 1");
    }
    if (timeout.isPresent() && (timeout.get().isZero() || timeout.get().isNegative())) {
      throw new IllegalArgumentException(
          "'timeout' is " + timeout.get() + ": it must be more than zero");
    }
    env = copy(env);
    params = copy(params);
    tokens = copy(tokens);
    tokens.forEach(
        (queue, count) -> {
          if (count < 1) {
            throw new IllegalArgumentException(
                "'tokens' of '" + queue + "' is " + count + ": a trial holds at least 1");
          }
        });
    inputs = inputs.map(List::copyOf);
    outputs = List.copyOf(outputs);
  }

  /** Settings like these, to be changed and built. */
  public SettingsBuilder edit() {
    return new SettingsBuilder(this);
  }

  /** The same with other ranks. */
  public Settings withRanks(int count) {
    return edit().ranks(count).build();
  }

  /** The same with another timeout. */
  public Settings withTimeout(Duration limit) {
    return edit().timeout(limit).build();
  }

  /** The same with other variables of the environment. */
  public Settings withEnv(Map<String, String> variables) {
    return edit().env(variables).build();
  }

  /** The same with {@code overriding} laid over the params. */
  public Settings overriddenBy(Map<String, String> overriding) {
    if (overriding.isEmpty()) {
      return this;
    }
    SortedMap<String, String> joined = new TreeMap<>(params);
    joined.putAll(overriding);
    return edit().params(joined).build();
  }

  /** The same through the MPI launcher. */
  public Settings withMpi() {
    return edit().mpi(true).build();
  }

  /** The same with other files for the standard streams. */
  public Settings withStreams(Optional<String> in, String out, String err) {
    return edit().stdin(in).stdout(out).stderr(err).build();
  }

  /** The same with another success check. */
  public Settings withSuccess(SuccessCheck check) {
    return edit().success(check).build();
  }

  /** The same with other trials. */
  public Settings withMaxtrials(int count) {
    return edit().maxtrials(count).build();
  }

  /** The same with another way to try again. */
  public Settings withRetry(Retry other) {
    return edit().retry(other).build();
  }

  private static <T> SortedMap<String, T> copy(SortedMap<String, T> map) {
    return map.isEmpty()
        ? Collections.emptySortedMap()
        : Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
