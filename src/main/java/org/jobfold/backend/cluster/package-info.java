/**
 * The back end over several hosts: one agent a host starts and ends processes there, and is led
 * over the star of {@code org.jobfold.control}.
 */
@NullMarked
package org.jobfold.backend.cluster;

import org.jspecify.annotations.NullMarked;
