package org.jobfold.control;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A handler that writes down what it is told, as words, and lets tests wait for it. */
final class Recorder implements PeerHandler {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final List<String> words = new ArrayList<>();
  private final List<Peer> peers = new ArrayList<>();

  @Override
  public void joined(Peer peer, byte[] hello) {
    synchronized (this) {
      peers.add(peer);
    }
    add("joined " + text(hello));
  }

  @Override
  public void received(Peer peer, byte[] message) {
    add("received " + text(message));
  }

  @Override
  public void left(Peer peer) {
    add("left");
  }

  @Override
  public void lost(Peer peer, String reason) {
    add("lost: " + reason);
  }

  synchronized List<String> words() {
    return List.copyOf(words);
  }

  /** The peer that has joined as so-manieth, when it has. */
  Peer peer(int number) {
    await("peer " + number + " joins", all -> peers.size() > number);
    synchronized (this) {
      return peers.get(number);
    }
  }

  List<String> await(String what, Predicate<List<String>> condition) {
    long deadline = System.nanoTime() + LONG.toNanos();
    synchronized (this) {
      while (!condition.test(words)) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError("waited in vain until " + what + ": " + words);
        }
        try {
          wait(Math.min(left, 100));
        } catch (InterruptedException e) {
          throw new AssertionError("interrupted while waiting until " + what, e);
        }
      }
      return List.copyOf(words);
    }
  }

  /** For programs whose test waits. */
  synchronized List<String> awaitHoweverLong(Predicate<List<String>> condition)
      throws InterruptedException {
    while (!condition.test(words)) {
      wait();
    }
    return List.copyOf(words);
  }

  /** All there is when the connection has ended. */
  List<String> awaitEnd() {
    return await("it ends", all -> all.stream().anyMatch(Recorder::isEnd));
  }

  static boolean isEnd(String word) {
    return word.equals("left") || word.startsWith("lost");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return bytes.length > 100 ? bytes.length + " bytes" : new String(bytes, StandardCharsets.UTF_8);
  }

  private synchronized void add(String word) {
    words.add(word);
    notifyAll();
  }
}
