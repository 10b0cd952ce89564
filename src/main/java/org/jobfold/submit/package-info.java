/**
 * Gives trees to Slurm: what a batch script says, which commands are called, and what their answers
 * mean. All of that is pure; one class runs commands, and one keeps what was submitted.
 */
@NullMarked
package org.jobfold.submit;

import org.jspecify.annotations.NullMarked;
