/**
 * Who waits for whom: the folders of a tree as a graph, whose edges lead from a predecessor to its
 * successors. Touches no file, process, thread or clock.
 */
@NullMarked
package org.jobfold.graph;

import org.jspecify.annotations.NullMarked;
