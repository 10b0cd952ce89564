/** Values: one execution of a folder, how it ended and what it used. */
@NullMarked
package org.jobfold.trial;

import org.jspecify.annotations.NullMarked;
