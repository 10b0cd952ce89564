package org.jobfold.folder;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Settings that are still being put together. What nobody sets stays as it was in the settings it
 * began with. It refuses nothing before {@link #build}.
 */
public final class SettingsBuilder {
  private OptionalInt ranks;
  private OptionalInt threads;
  private int gpus;
  private boolean mpi;
  private OptionalInt maxtrials;
  private Optional<Duration> timeout;
  private Map<String, String> env;
  private Map<String, String> params;
  private Optional<String> stdin;
  private String stdout;
  private String stderr;
  private SuccessCheck success;
  private Retry retry;
  private Map<String, Integer> tokens;
  private int priority;
  private Optional<List<String>> inputs;
  private List<String> outputs;

  SettingsBuilder(Settings from) {
    ranks = from.ranks();
    threads = from.threads();
    gpus = from.gpus();
    mpi = from.mpi();
    maxtrials = from.maxtrials();
    timeout = from.timeout();
    env = from.env();
    params = from.params();
    stdin = from.stdin();
    stdout = from.stdout();
    stderr = from.stderr();
    success = from.success();
    retry = from.retry();
    tokens = from.tokens();
    priority = from.priority();
    inputs = from.inputs();
    outputs = from.outputs();
  }

  /** Sets {@link Settings#ranks}. */
  public SettingsBuilder ranks(OptionalInt value) {
    ranks = value;
    return this;
  }

  /** Sets {@link Settings#ranks}. */
  public SettingsBuilder ranks(int value) {
    return ranks(OptionalInt.of(value));
  }

  /** Sets {@link Settings#threads}. */
  public SettingsBuilder threads(OptionalInt value) {
    threads = value;
    return this;
  }

  /** Sets {@link Settings#threads}. */
  public SettingsBuilder threads(int value) {
    return threads(OptionalInt.of(value));
  }

  /** Sets {@link Settings#gpus}. */
  public SettingsBuilder gpus(int value) {
    gpus = value;
    return this;
  }

  /** Sets {@link Settings#mpi}. */
  public SettingsBuilder mpi(boolean value) {
    mpi = value;
    return this;
  }

  /** Sets {@link Settings#maxtrials}. */
  public SettingsBuilder maxtrials(OptionalInt value) {
    maxtrials = value;
    return this;
  }

  /** Sets {@link Settings#maxtrials}. */
  public SettingsBuilder maxtrials(int value) {
    return maxtrials(OptionalInt.of(value));
  }

  /** Sets {@link Settings#timeout}. */
  public SettingsBuilder timeout(Optional<Duration> value) {
    timeout = value;
    return this;
  }

  /** Sets {@link Settings#timeout}. */
  public SettingsBuilder timeout(Duration value) {
    return timeout(Optional.of(value));
  }

  /** Sets {@link Settings#env}. */
  public SettingsBuilder env(Map<String, String> value) {
    env = value;
    return this;
  }

  /** Sets {@link Settings#params}. */
  public SettingsBuilder params(Map<String, String> value) {
    params = value;
    return this;
  }

  /** Sets {@link Settings#stdin}. */
  public SettingsBuilder stdin(Optional<String> value) {
    stdin = value;
    return this;
  }

  /** Sets {@link Settings#stdin}. */
  public SettingsBuilder stdin(String value) {
    return stdin(Optional.of(value));
  }

  /** Sets {@link Settings#stdout}. */
  public SettingsBuilder stdout(String value) {
    stdout = value;
    return this;
  }

  /** Sets {@link Settings#stderr}. */
  public SettingsBuilder stderr(String value) {
    stderr = value;
    return this;
  }

  /** Sets {@link Settings#success}. */
  public SettingsBuilder success(SuccessCheck value) {
    success = value;
    return this;
  }

  /** Sets {@link Settings#retry}. */
  public SettingsBuilder retry(Retry value) {
    retry = value;
    return this;
  }

  /** Sets {@link Settings#tokens}. */
  public SettingsBuilder tokens(Map<String, Integer> value) {
    tokens = value;
    return this;
  }

  /** Sets {@link Settings#priority}. */
  public SettingsBuilder priority(int value) {
    priority = value;
    return this;
  }

  /** Sets {@link Settings#inputs}. */
  public SettingsBuilder inputs(Optional<List<String>> value) {
    inputs = value;
    return this;
  }

  /** Sets {@link Settings#inputs}. */
  public SettingsBuilder inputs(List<String> value) {
    return inputs(Optional.of(value));
  }

  /** Sets {@link Settings#outputs}. */
  public SettingsBuilder outputs(List<String> value) {
    outputs = value;
    return this;
  }

  /**
   * The settings.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Settings build() {
    return new Settings(
        ranks,
        threads,
        gpus,
        mpi,
        maxtrials,
        timeout,
        new TreeMap<>(env),
        new TreeMap<>(params),
        stdin,
        stdout,
        stderr,
        success,
        retry,
        new TreeMap<>(tokens),
        priority,
        inputs,
        outputs);
  }
}
