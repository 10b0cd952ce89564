package org.jobfold.cli;

import org.jobfold.disk.TagMarker;
import picocli.CommandLine.Command;

/** {@code jobfold untag}: switches folders on again. */
@Command(
    name = "untag",
    description =
        "Switches folders on again that 'tag' has switched off. 'tagged: true' in a folder file stays what it is.",
    footer = {
      "",
      "Example:",
      "  jobfold untag sweep '/T2.*'",
      "",
      "Exit codes: 0 none of them has a mark; 2 wrong usage, or a name that is no",
      "executable folder: nothing is changed then."
    })
final class UntagCommand extends FolderNames {
  UntagCommand(Outside outside) {
    super(outside, TagMarker::untag, Aim.ON, "without a mark now");
  }
}
