package org.jobfold.backend.mpj;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.backend.local.TrialFiles;
import org.jobfold.comm.Host;
import org.jobfold.folder.Functional;
import org.jobfold.spi.Order;

/**
 * What the ranks of a communicator are asked to call.
 *
 * @param className the binary name of the class
 * @param classpath where it is looked for, absolute
 * @param params the folder's params
 * @param variables what is set for the folder over the environment of the rank
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
    SortedMap<String, String> variables,
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
    variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    hosts = List.copyOf(hosts);
  }

  /** What an order for a call asks of the ranks. */
  static CallSpec of(Order order, TrialFiles files) {
    Functional.Call call = (Functional.Call) order.step().functional();
    return new CallSpec(
        call.className(),
        call.classpath().stream()
            .map(entry -> files.directory().resolve(entry).normalize().toString())
            .toList(),
        order.folder().settings().params(),
        files.variables(),
        files.directory().toString(),
        order.folder().name().path(),
        order.id().number(),
        order.placement().hosts().stream().map(Host::name).toList(),
        files.stdout().toString(),
        files.stderr().toString());
  }
}
