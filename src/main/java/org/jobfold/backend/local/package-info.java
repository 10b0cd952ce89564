/** The cores of this host as an allocation. */
@NullMarked
package org.jobfold.backend.local;

import org.jspecify.annotations.NullMarked;
