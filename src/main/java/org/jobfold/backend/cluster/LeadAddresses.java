package org.jobfold.backend.cluster;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jobfold.comm.Host;

/** At which addresses of this host others may reach it. */
final class LeadAddresses {
  private static final int ANY_PORT = 9;

  /** Of so many hosts the way is looked for; all hosts of a cluster are reached the same way. */
  private static final int LOOKED_AT = 8;

  private LeadAddresses() {}

  /**
   * All of them: first those that the ways to these hosts begin at, as far as the name service
   * knows them; nothing is sent. This host to itself is last.
   */
  static List<InetSocketAddress> of(List<Host> hosts, int port) {
    Set<InetAddress> addresses = new LinkedHashSet<>();
    hosts.stream().limit(LOOKED_AT).forEach(host -> addWay(host, addresses));
    List<InetAddress> own = own();
    own.stream().filter(a -> a instanceof Inet4Address).forEach(addresses::add);
    addresses.addAll(own);
    if (addresses.isEmpty()) {
      addresses.add(InetAddress.getLoopbackAddress());
    }
    return addresses.stream()
        .map(address -> new InetSocketAddress(address.getHostAddress(), port))
        .toList();
  }

  private static void addWay(Host host, Set<InetAddress> addresses) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(host.name()), ANY_PORT));
      addresses.add(socket.getLocalAddress());
    } catch (IOException | RuntimeException e) {
      // it goes by a name that only its start line knows
    }
  }

  private static List<InetAddress> own() {
    List<InetAddress> own = new ArrayList<>();
    try {
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (each.isUp() && !each.isLoopback()) {
          Collections.list(each.getInetAddresses()).stream()
              .filter(address -> !address.isLinkLocalAddress())
              .forEach(own::add);
        }
      }
    } catch (IOException e) {
      // then what is known is all
    }
    return own;
  }
}
