package org.jobfold.disk;

import java.nio.file.Path;
import java.util.Optional;
import org.jobfold.journal.RunState;

/**
 * What is known of the last run of a tree.
 *
 * @param epoch the number of its journal; 0 if there is none
 * @param file its journal
 * @param state what it adds up to
 * @param reading what was found in it beside that: the damage
 */
public record Account(int epoch, Optional<Path> file, RunState state, Reading reading) {}
