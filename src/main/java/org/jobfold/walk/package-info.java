/** What runs next: events in, actions out. Pure. */
@NullMarked
package org.jobfold.walk;

import org.jspecify.annotations.NullMarked;
