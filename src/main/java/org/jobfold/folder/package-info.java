/**
 * Values: the tree of job folders and what each folder asks for. Touches no file, process, thread
 * or clock.
 */
@NullMarked
package org.jobfold.folder;

import org.jspecify.annotations.NullMarked;
