package org.jobfold.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jobfold.Jobfold;
import org.jobfold.comm.Communicator;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.run.Ports;
import org.jobfold.spi.Backend;
import org.jobfold.spi.FolderSource;

/** A tree of real directories, with the cores of this host to run it on. */
final class Folders {
  final Path root;
  final Backend backend;
  final Communicator world;

  Folders(Path root, int ranks) {
    this.root = root;
    this.backend = Jobfold.local(root, ranks);
    this.world = Jobfold.world(backend);
  }

  Ports ports() {
    return Ports.of(backend);
  }

  /** Folders of these names that run a shell line. */
  FolderSource shell(String line, String... names) throws IOException {
    List<JobFolder> folders = new ArrayList<>();
    for (String name : names) {
      folders.add(made(JobFolder.shell(name, line)));
    }
    return FolderSource.of(JobTree.of(folders));
  }

  /** A tree of these folders, with their directories. */
  FolderSource tree(JobFolder... folders) throws IOException {
    for (JobFolder folder : folders) {
      made(folder);
    }
    return FolderSource.of(JobTree.of(folders));
  }

  /** The text of a file in a folder. */
  String read(String folder, String file) throws IOException {
    return Files.readString(root.resolve(folder.substring(1)).resolve(file));
  }

  boolean has(String folder, String file) {
    return Files.exists(root.resolve(folder.substring(1)).resolve(file));
  }

  private JobFolder made(JobFolder folder) throws IOException {
    Files.createDirectories(root.resolve(folder.name().relative()));
    return folder;
  }
}
