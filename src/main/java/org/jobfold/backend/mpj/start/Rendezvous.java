package org.jobfold.backend.mpj.start;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jobfold.thread.Daemons;

/**
 * Where the ranks of a world meet: each says at which ports it listens, and when all have, each
 * gets the list of all. The protocol is that of MPJ Express 0.44, whose ranks speak first: the text
 * {@code Sending Info}, then three numbers, the ports that it writes to and reads from, and its
 * rank.
 *
 * <p>It takes no more than these 26 bytes, from no more than a bounded number of connections at a
 * time, of which the oldest makes room. It is gone as soon as the world stands. It never knows that
 * who says to be a rank is one: MPJ Express has no secret. Only that two say to be the same rank is
 * seen, and then there is no world.
 */
final class Rendezvous implements AutoCloseable {
  /** More do not fit into the one string in which a rank gets the list. */
  static final int MOST_RANKS = 1600;

  private static final byte[] GREETING = "\0\fSending Info".getBytes(StandardCharsets.US_ASCII);
  private static final int STRANGERS = 64;
  private static final int LAST_PORT = 65_535;

  /** MPJ Express wants a number here, and uses it for debuggers alone. */
  private static final String DEBUG_PORT = "@24500";

  private final int size;
  private final Duration patience;
  private final Consumer<Optional<String>> listener;
  private final ServerSocket server;
  private final Set<Socket> pending = new LinkedHashSet<>();
  private final SortedMap<Integer, Report> reports = new TreeMap<>();
  private boolean over;

  private record Report(Socket socket, InetAddress address, int readPort, int writePort, int rank) {
    String peer() {
      return address.getHostAddress() + "@" + readPort + "@" + writePort + "@" + rank + DEBUG_PORT;
    }
  }

  private Rendezvous(
      ServerSocket server, int size, Duration patience, Consumer<Optional<String>> listener) {
    this.server = server;
    this.size = size;
    this.patience = patience;
    this.listener = listener;
  }

  /**
   * Listens at a free port of an address.
   *
   * @param size how many ranks the world has
   * @param patience how long a connection may be silent
   * @param listener told once, by a thread of this: nothing when the world stands, else why there
   *     is none
   */
  static Rendezvous open(
      InetAddress address, int size, Duration patience, Consumer<Optional<String>> listener)
      throws IOException {
    if (size < 1 || size > MOST_RANKS) {
      throw new IllegalArgumentException("a world of " + size + " ranks");
    }
    Rendezvous rendezvous =
        new Rendezvous(new ServerSocket(0, size + STRANGERS, address), size, patience, listener);
    Daemons.start("rendezvous", rendezvous::accept);
    return rendezvous;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  /** The ranks that have not been here, in order. */
  synchronized List<Integer> missing() {
    return IntStream.range(0, size).filter(rank -> !reports.containsKey(rank)).boxed().toList();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        if (admit(socket)) {
          Daemons.start("rendezvous-" + socket.getPort(), () -> hear(socket));
        }
      }
    } catch (IOException e) {
      end(Optional.of("the ranks have no place to meet any more: " + e.getMessage()));
    }
  }

  private synchronized boolean admit(Socket socket) {
    if (over) {
      shut(socket);
      return false;
    }
    if (pending.size() >= size + STRANGERS) {
      Iterator<Socket> oldest = pending.iterator();
      shut(oldest.next());
      oldest.remove();
    }
    pending.add(socket);
    return true;
  }

  private void hear(Socket socket) {
    try {
      socket.setSoTimeout((int) patience.toMillis());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] greeting = new byte[GREETING.length];
      in.readFully(greeting);
      if (Arrays.equals(greeting, GREETING)) {
        int writePort = in.readInt();
        int readPort = in.readInt();
        int rank = in.readInt();
        if (isPort(writePort) && isPort(readPort) && rank >= 0 && rank < size) {
          report(new Report(socket, socket.getInetAddress(), readPort, writePort, rank));
          return;
        }
      }
    } catch (IOException e) {
      // It was no rank, or one that has died: it is among the missing.
    }
    synchronized (this) {
      pending.remove(socket);
    }
    shut(socket);
  }

  private static boolean isPort(int number) {
    return number > 0 && number <= LAST_PORT;
  }

  private void report(Report report) {
    Optional<String> twice;
    synchronized (this) {
      if (over || !pending.remove(report.socket())) {
        shut(report.socket());
        return;
      }
      twice =
          Optional.ofNullable(reports.putIfAbsent(report.rank(), report))
              .map(first -> twice(first, report));
      if (twice.isEmpty() && reports.size() < size) {
        return;
      }
    }
    if (twice.isPresent()) {
      shut(report.socket());
      end(twice);
    } else {
      tell();
    }
  }

  private static String twice(Report first, Report second) {
    return "rank "
        + first.rank()
        + " has reported twice, from "
        + first.address().getHostAddress()
        + " and from "
        + second.address().getHostAddress()
        + ": one of them is not of this world";
  }

  private void tell() {
    List<Report> all;
    synchronized (this) {
      all = List.copyOf(reports.values());
    }
    String list = "#Peer Information;" + String.join(";", all.stream().map(Report::peer).toList());
    for (Report report : all) {
      try {
        new DataOutputStream(report.socket().getOutputStream()).writeUTF(list);
      } catch (IOException e) {
        end(Optional.of("rank " + report.rank() + " has gone before the world stood"));
        return;
      }
    }
    end(Optional.empty());
  }

  private void end(Optional<String> trouble) {
    synchronized (this) {
      if (over) {
        return;
      }
    }
    close();
    listener.accept(trouble);
  }

  /** Shuts the port and all connections; without a word to the listener. */
  @Override
  public synchronized void close() {
    over = true;
    shut(server);
    pending.forEach(Rendezvous::shut);
    pending.clear();
    reports.values().forEach(report -> shut(report.socket()));
  }

  private static void shut(java.io.Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // There is nothing to be lost.
    }
  }
}
