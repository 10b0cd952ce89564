/** The loop: performs the actions of the walk and feeds back what came of them. */
@NullMarked
package org.jobfold.run;

import org.jspecify.annotations.NullMarked;
