/** Records of a run and the state they add up to. Pure. */
@NullMarked
package org.jobfold.journal;

import org.jspecify.annotations.NullMarked;
