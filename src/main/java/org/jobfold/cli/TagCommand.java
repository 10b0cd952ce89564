package org.jobfold.cli;

import org.jobfold.disk.TagMarker;
import picocli.CommandLine.Command;

/** {@code jobfold tag}: switches folders off. */
@Command(
    name = "tag",
    description =
        "Switches folders off: they are scanned and shown, not run. Leaves a file '"
            + TagMarker.NAME
            + "' in each, which stays until 'untag'.",
    footer = {
      "",
      "Exit codes: 0 all of them are off; 2 wrong usage, or a name that is no executable folder."
    })
final class TagCommand extends FolderNames {
  TagCommand(Outside outside) {
    super(outside, TagMarker::tag, "tagged");
  }
}
