/** The tree on disk: scan, folder files, journal file, lock. */
@NullMarked
package org.jobfold.disk;

import org.jspecify.annotations.NullMarked;
