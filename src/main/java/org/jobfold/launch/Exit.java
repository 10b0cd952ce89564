package org.jobfold.launch;

import org.jobfold.trial.Usage;

/**
 * How a process ended.
 *
 * @param code its exit code, 0 to 255; meaningless if a signal ended it
 * @param signal the signal that ended it; 0 if it ended by itself
 * @param usage when it ran and what it used
 */
public record Exit(int code, int signal, Usage usage) {}
