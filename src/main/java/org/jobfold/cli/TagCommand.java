package org.jobfold.cli;

import org.jobfold.disk.TagMarker;
import picocli.CommandLine.Command;

/** {@code jobfold tag}: switches folders off. */
@Command(
    name = "tag",
    description =
        "Switches folders off: they are scanned and shown, not run. A mark in each folder says so until 'untag'.",
    footer = {
      "",
      "Examples:",
      "  jobfold tag sweep /T1.2",
      "  jobfold tag sweep '/T2.*' '/ref/*'",
      "",
      "Exit codes: 0 all of them are off; 2 wrong usage, or a name that is no executable",
      "folder: nothing is changed then."
    })
final class TagCommand extends FolderNames {
  TagCommand(Outside outside) {
    super(outside, TagMarker::tag, Aim.OFF, "tagged");
  }
}
