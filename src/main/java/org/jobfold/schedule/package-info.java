/**
 * A graph of whatever is to be done in order, as a library: {@link org.jobfold.schedule.Dag} and
 * the iterator that walks over it.
 */
@NullMarked
package org.jobfold.schedule;

import org.jspecify.annotations.NullMarked;
