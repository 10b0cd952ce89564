/**
 * Starts MPJ Express worlds: their ranks on their hosts, the place where they meet, and their end.
 * A program of its own beside the ranks; it knows nothing of what they run.
 */
@NullMarked
package org.jobfold.backend.mpj.start;

import org.jspecify.annotations.NullMarked;
