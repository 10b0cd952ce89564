package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.spi.FolderSource;

/**
 * The tree of job folders in a directory.
 *
 * <p>It never writes anything, follows no symbolic links to directories, and enters no hidden
 * directories.
 */
public final class TreeScanner implements FolderSource {
  private final Path root;
  private final ScanOptions options;

  /**
   * A scanner of a tree, which may not be there yet.
   *
   * @param root the directory, as the user names it; problems name files the same way
   */
  public TreeScanner(Path root, ScanOptions options) {
    this.root = root;
    this.options = options;
  }

  /** The same by another name of the root. */
  public TreeScanner at(Path otherName) {
    return new TreeScanner(otherName, options);
  }

  @Override
  public JobTree read(Map<String, String> params) {
    return scan(params).orRefuse();
  }

  /**
   * Reads the tree as it is now.
   *
   * @param params override the params of all folders
   * @return what is there, with all that is wrong
   * @throws RefusedException if there is no directory to scan, or the options are wrong
   */
  public Scan scan(Map<String, String> params) {
    return new Scanning(root, realRoot(), options, params).scan();
  }

  private Path realRoot() {
    Path real;
    try {
      real = root.toRealPath();
    } catch (IOException e) {
      throw refused(Scanning.reason(e) + ": name the directory that holds the job folders");
    }
    if (!Files.isDirectory(real)) {
      throw refused("is not a directory: name the directory that holds the job folders");
    }
    return real;
  }

  private RefusedException refused(String message) {
    return new RefusedException(List.of(Problem.of(root.toString(), message)));
  }
}
