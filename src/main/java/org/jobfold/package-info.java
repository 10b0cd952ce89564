/** The program's entry. */
@org.jspecify.annotations.NullMarked
package org.jobfold;
