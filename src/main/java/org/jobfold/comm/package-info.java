/** Values and rules of ranks: hosts, communicators and their arithmetic. */
@NullMarked
package org.jobfold.comm;

import org.jspecify.annotations.NullMarked;
