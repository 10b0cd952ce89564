/**
 * The ranks of an MPJ Express world as an allocation, and calls of Java classes inside them.
 *
 * <p>MPJ Express is not needed to build jobfold, nor to run it elsewhere: the classes here that
 * name {@code mpi.*} are loaded in an MPJ world only.
 */
@NullMarked
package org.jobfold.backend.mpj;

import org.jspecify.annotations.NullMarked;
