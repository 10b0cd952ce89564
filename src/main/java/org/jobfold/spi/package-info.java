/** Ports: what the engine asks of the world, each with what an implementation MUST do. */
@NullMarked
package org.jobfold.spi;

import org.jspecify.annotations.NullMarked;
