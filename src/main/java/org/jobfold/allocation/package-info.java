/**
 * What a batch system says of the allocation that this program runs in: hosts, ranks, cores, time.
 * Texts in, values out; touches no file, process or clock.
 */
@NullMarked
package org.jobfold.allocation;

import org.jspecify.annotations.NullMarked;
