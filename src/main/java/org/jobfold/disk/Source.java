package org.jobfold.disk;

import org.jobfold.folder.FolderName;
import org.jobfold.folder.Problem;

/**
 * A folder file, or another place where settings come from.
 *
 * @param place as the user would name it
 * @param folder the folder it lies in
 */
record Source(String place, FolderName folder) {
  Problem problem(int line, String message) {
    return new Problem(place, line, message);
  }
}
