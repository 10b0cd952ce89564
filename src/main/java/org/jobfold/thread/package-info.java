/** Threads that do not keep the JVM alive. Knows nothing of jobfold. */
@NullMarked
package org.jobfold.thread;

import org.jspecify.annotations.NullMarked;
