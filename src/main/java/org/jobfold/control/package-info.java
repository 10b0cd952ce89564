/**
 * The star of connections between the program that leads a run and its members on other hosts:
 * sealed messages, and a lease by which both sides know when the other one is gone.
 */
@NullMarked
package org.jobfold.control;

import org.jspecify.annotations.NullMarked;
