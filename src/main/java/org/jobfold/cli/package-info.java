/** The command line, one class a command. */
@NullMarked
package org.jobfold.cli;

import org.jspecify.annotations.NullMarked;
