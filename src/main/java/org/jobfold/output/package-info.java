/** What trials have printed: its last lines, and which failures are alike. */
@NullMarked
package org.jobfold.output;

import org.jspecify.annotations.NullMarked;
