package org.jobfold.schedule;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jobfold.spi.Backend;

/** All that a scheduler was told. */
record Plan<K extends Comparable<K>, V>(
    Dag<K, V> dag,
    JobProvider<K, V> provider,
    Collector<K, V> collector,
    SortedMap<String, Integer> queues,
    int slots,
    Optional<Duration> timeout,
    Duration grace,
    int requeueLimit,
    OptionalInt maxFailures,
    Scheduler.AfterFailure afterFailure,
    Optional<Backend> processes,
    Optional<Consumer<K>> onStart,
    Consumer<JobResult<K>> onFinish) {}
