/**
 * Java functionals: what a class implements to be run as a job folder, and the main of the JVM that
 * runs it. Needs nothing but the JDK, so that the JVM starts fast.
 */
@NullMarked
package org.jobfold.call;

import org.jspecify.annotations.NullMarked;
