package org.jobfold.backend.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The machine that this program runs on. */
public final class ThisHost {
  private ThisHost() {}

  /**
   * Its name as it knows itself, which is how an MPI launcher tells that a host is its own. No name
   * service is asked: it may take long, or not be there.
   */
  public static String name() {
    try {
      String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
      return name.isEmpty() ? "localhost" : name;
    } catch (IOException e) {
      return System.getenv().getOrDefault("HOSTNAME", "localhost");
    }
  }

  /** Its name in its allocation: what Slurm calls the node, or else its own. */
  public static String nodeName(Map<String, String> environment) {
    String node = environment.getOrDefault("SLURMD_NODENAME", "");
    return node.isBlank() ? name() : node;
  }

  /**
   * Whether it goes by this name or has this address, as far as that can be told without asking a
   * name service: its own name may be cut at the first dot.
   */
  public static boolean isNamed(String name) {
    if (isAddress(name)) {
      return isOwnAddress(name);
    }
    String own = name();
    return name.equalsIgnoreCase("localhost")
        || name.equalsIgnoreCase(own)
        || (!name.contains(".") && name.equalsIgnoreCase(upToDot(own)))
        || (!own.contains(".") && own.equalsIgnoreCase(upToDot(name)));
  }

  /** The same, also by a name service: what it says may take its time. */
  public static boolean isCalled(String name) {
    return isNamed(name) || isOwnAddress(name);
  }

  /** Whether this is an address by which only the host itself reaches it. */
  public static boolean isLoopback(String name) {
    try {
      return isAddress(name) && InetAddress.getByName(name).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean isOwnAddress(String name) {
    try {
      for (InetAddress address : InetAddress.getAllByName(name)) {
        if (address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null) {
          return true;
        }
      }
    } catch (UnknownHostException | SocketException e) {
      // then it is another, which its start line may know
    }
    return false;
  }

  private static boolean isAddress(String name) {
    return name.matches("[0-9]+(\\.[0-9]+){3}") || name.contains(":");
  }

  private static String upToDot(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }
}
