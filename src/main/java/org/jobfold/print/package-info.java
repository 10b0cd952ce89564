/**
 * Fingerprints: digests of what a folder depends on, and what they say about whether it must run.
 * Touches no file, process, thread or clock.
 */
@NullMarked
package org.jobfold.print;

import org.jspecify.annotations.NullMarked;
