package org.jobfold.spi;

import java.util.Optional;
import org.jobfold.comm.Host;

/**
 * A process that an earlier run of the tree had started, and that had not ended as far as its
 * account goes.
 *
 * @param host where it was started; absent where that is not recorded
 * @param pid its id there, which may be that of anything on another host
 */
public record EarlierProcess(Optional<Host> host, long pid) {}
