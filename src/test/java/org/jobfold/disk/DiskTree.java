package org.jobfold.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Problem;

/** A tree of a test, and what a scan of it finds. Files are named from the root. */
record DiskTree(Path root, ScanOptions options) {
  static DiskTree in(Path root) {
    return new DiskTree(
        root, ScanOptions.standard().with(Map.of("PATH", "/usr/bin:/bin", "HOME", "/home/ada")));
  }

  DiskTree with(Match match) {
    return new DiskTree(root, options.with(match));
  }

  DiskTree with(Map<String, String> environment) {
    return new DiskTree(root, options.with(environment));
  }

  DiskTree file(String name, String text) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DiskTree script(String name) {
    return script(name, "rwxr-xr-x");
  }

  DiskTree script(String name, String permissions) {
    file(name, "#!/bin/sh\n");
    try {
      Files.setPosixFilePermissions(
          root.resolve(name), PosixFilePermissions.fromString(permissions));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Scan scan() {
    return scan(Map.of());
  }

  Scan scan(Map<String, String> params) {
    return new TreeScanner(root, options).scan(params);
  }

  /** Problems, with the files named from the root. */
  List<String> problems() {
    return scan().problems().stream().map(Problem::text).map(this::fromRoot).toList();
  }

  /** Notes, with the files named from the root. */
  List<String> notes() {
    return scan().notes().stream().map(Note::text).map(this::fromRoot).toList();
  }

  /** The names of the executable folders in the order of the tree. */
  List<String> names() {
    return scan().orRefuse().folders().stream().map(f -> f.name().path()).toList();
  }

  JobFolder folder(String name) {
    return folder(name, Map.of());
  }

  JobFolder folder(String name, Map<String, String> params) {
    return scan(params).orRefuse().find(new FolderName(name)).orElseThrow();
  }

  private String fromRoot(String text) {
    return text.replace(root + "/", "").replace(root.toString(), ".");
  }
}
