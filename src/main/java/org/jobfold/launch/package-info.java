/** Starting, ending and reaping processes on this host. */
@NullMarked
package org.jobfold.launch;

import org.jspecify.annotations.NullMarked;
