package org.jobfold.backend.mpj.start;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which host of a world is this one, how the others are reached, and by which address they reach
 * this.
 */
record HereAndThere(StartOptions options) {
  /** Any port does: nothing is sent. */
  private static final int DISCARD = 9;

  private static final List<String> OWN_SESSION = List.of("setsid");

  /** Words that run a shell on a host. */
  List<String> shell(String host) {
    List<String> words = new ArrayList<>(OWN_SESSION);
    if (isHere(host)) {
      words.add("/bin/sh");
    } else {
      for (String word : options.line()) {
        words.add(word.replace("{host}", host).replace("{command}", "/bin/sh"));
      }
    }
    return words;
  }

  /** Words that run a shell on this host. */
  List<String> shell() {
    return List.of("setsid", "/bin/sh");
  }

  boolean isHere(String host) {
    if (options.here().isPresent()) {
      return options.here().get().equals(host);
    }
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      return false;
    }
  }

  /** An address of this host that all hosts of the world reach. */
  InetAddress address() throws IOException {
    if (options.address().isPresent()) {
      return InetAddress.getByName(options.address().get());
    }
    List<String> others = options.hosts().stream().filter(host -> !isHere(host)).toList();
    if (others.isEmpty()) {
      return InetAddress.getLoopbackAddress();
    }
    for (String host : others) {
      Optional<InetAddress> address = towards(host);
      if (address.isPresent()) {
        return address.get();
      }
    }
    InetAddress own = InetAddress.getLocalHost();
    if (own.isLoopbackAddress()) {
      throw new IOException(
          "this host has no address that the others reach, as far as it knows: name it with --address");
    }
    return own;
  }

  /** The address that what is sent to a host comes from. */
  private static Optional<InetAddress> towards(String host) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(host), DISCARD));
      InetAddress address = socket.getLocalAddress();
      return address.isAnyLocalAddress() || address.isLoopbackAddress()
          ? Optional.empty()
          : Optional.of(address);
    } catch (IOException | java.io.UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
