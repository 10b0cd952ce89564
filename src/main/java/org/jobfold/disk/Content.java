package org.jobfold.disk;

import java.util.Optional;
import org.jobfold.print.Digest;

/**
 * What is in a file.
 *
 * @param digest of its bytes
 * @param stamp while the file has it, its content is this; absent if the file was changed so
 *     shortly before it was read that a later change could leave the stamp as it was
 */
record Content(Digest digest, Optional<FileStamp> stamp) {}
