/** Rules: what happens after a failed trial. Pure. */
@NullMarked
package org.jobfold.retry;

import org.jspecify.annotations.NullMarked;
