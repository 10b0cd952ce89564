/**
 * A graph of whatever is to be done in order, as a library: {@link org.jobfold.schedule.Dag} and
 * the iterator that walks over it; {@link org.jobfold.schedule.Scheduler}, which runs a job for
 * each vertex; and {@link org.jobfold.schedule.DagWalk}, which runs only what has changed. The
 * engine is the one that runs trees of job folders; nothing here decides what starts when.
 *
 * <p>For those who know e3-core: its {@code Walk} is {@link org.jobfold.schedule.DagWalk}, whose
 * run does not begin in the constructor; {@code ReturnValue} is {@link
 * org.jobfold.schedule.JobStatus}: {@code notready} is {@code NOT_READY}, {@code force_fail} is
 * {@code BLOCKED}, {@code skip} is {@code SKIPPED}. {@code Fingerprint} is {@link
 * org.jobfold.print.Fingerprint}, which is made by a builder and never changes; {@code add} is
 * {@code Builder.add}, {@code compare_to} is {@code since}, asked of the newer one; {@code
 * add_file}, {@code add_dir}, {@code save_to_file} and {@code load_from_file} are {@code add},
 * {@code save} and {@code load} of {@code org.jobfold.disk.FingerprintFile}, and nothing is added
 * unasked, such as the version of the system.
 */
@NullMarked
package org.jobfold.schedule;

import org.jspecify.annotations.NullMarked;
