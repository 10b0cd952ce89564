package org.jobfold.backend.mpj;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the ranks of a communicator are asked to call.
 *
 * @param className the binary name of the class
 * @param classpath where it is looked for, absolute
 * @param params the folder's params
 * @param directory the folder's directory, absolute
 * @param folder the folder's name
 * @param trial which trial this is, from 1
 * @param hosts the hosts of the ranks
 * @param stdout the file for what is printed, absolute; it is there
 * @param stderr the file for what went wrong, absolute; it is there, and may be the same
 */
record CallSpec(
    String className,
    List<String> classpath,
    SortedMap<String, String> params,
    String directory,
    String folder,
    int trial,
    List<String> hosts,
    String stdout,
    String stderr) {
  /** Copies the collections. */
  CallSpec {
    classpath = List.copyOf(classpath);
    params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
    hosts = List.copyOf(hosts);
  }
}
