/** Pylada's face: processes that a Java program starts, polls and waits for. */
@NullMarked
package org.jobfold.process;

import org.jspecify.annotations.NullMarked;
