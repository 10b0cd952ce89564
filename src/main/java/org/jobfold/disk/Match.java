package org.jobfold.disk;

/**
 * Makes a tree runnable that knows nothing of jobfold: a folder with a file that matches runs a
 * command on it.
 *
 * @param glob for names of files, such as {@code in.*}; with a slash in it, for their paths from
 *     the root of the tree, such as {@code si/a?/in.*}. Hidden files match only a glob whose last
 *     part begins with a dot
 * @param command a line for {@code /bin/sh -c}; each {@code {match}} in it stands for the name of
 *     the file, quoted for the shell
 */
public record Match(String glob, String command) {
  /** What stands for the name of the file. */
  public static final String PLACEHOLDER = "{match}";
}
