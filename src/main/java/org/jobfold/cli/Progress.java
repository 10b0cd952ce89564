package org.jobfold.cli;

import org.jobfold.spi.RunListener;

/** Tells people how a run goes. Thread-safe. */
interface Progress extends RunListener {
  /** Tells them something else, on a line of its own. */
  void say(String line);

  /** There is nothing more to tell. Does nothing the second time. */
  void end();
}
