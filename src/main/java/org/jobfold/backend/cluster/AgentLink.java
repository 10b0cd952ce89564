package org.jobfold.backend.cluster;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jobfold.comm.Host;
import org.jobfold.control.Peer;

/**
 * The agent of one host, as its lead sees it: expected, then up, then gone; or never up. What it
 * says once it is gone is not heard.
 */
final class AgentLink {
  /** How it is with an agent. */
  enum State {
    EXPECTED,
    UP,
    GONE
  }

  /** How an agent went. */
  enum Going {
    /** It never came. */
    NEVER_CAME,
    /** It has ended all that it ran, and then left. */
    LEFT,
    /** Nobody knows: what it ran may run for some time yet. */
    LOST
  }

  /**
   * That it is gone.
   *
   * @param why for people
   */
  record Gone(Going how, String why) {}

  private final Host host;
  private final CompletableFuture<Boolean> settled = new CompletableFuture<>();
  private CompletableFuture<List<String>> answer = new CompletableFuture<>();
  private State state = State.EXPECTED;
  private Optional<Peer> peer = Optional.empty();
  private Optional<Gone> gone = Optional.empty();

  AgentLink(Host host) {
    this.host = host;
  }

  Host host() {
    return host;
  }

  /** Done once it is up, with true, or it is clear that it will not come. */
  CompletableFuture<Boolean> settled() {
    return settled;
  }

  /** It has come up, unless it was given up before: then false. */
  synchronized boolean up(Peer connection) {
    if (state != State.EXPECTED) {
      return false;
    }
    state = State.UP;
    peer = Optional.of(connection);
    settled.complete(true);
    return true;
  }

  /** It is gone; true if that is news. */
  synchronized boolean gone(Going how, String why) {
    if (state == State.GONE || (how == Going.NEVER_CAME && state == State.UP)) {
      return false;
    }
    state = State.GONE;
    gone = Optional.of(new Gone(how, why));
    settled.complete(false);
    answer.complete(List.of());
    return true;
  }

  synchronized boolean isUp() {
    return state == State.UP;
  }

  /** How it went, if it is gone. */
  synchronized Optional<Gone> gone() {
    return gone;
  }

  /**
   * Asks it for something; of one that is not up, for nothing.
   *
   * @throws IllegalArgumentException if it is too long to be sent
   */
  synchronized void send(ToAgent message) {
    if (state == State.UP) {
      peer.orElseThrow().send(ToAgent.CODEC.bytes(message));
    }
  }

  /** Asks it for something that it answers once; of one that is gone the answer is empty. */
  synchronized CompletableFuture<List<String>> ask(ToAgent message) {
    CompletableFuture<List<String>> next = new CompletableFuture<>();
    answer = next;
    if (state == State.UP) {
      send(message);
    } else {
      next.complete(List.of());
    }
    return next;
  }

  /** It has answered. */
  synchronized void answered(List<String> lines) {
    answer.complete(lines);
  }

  /** Lets it go. */
  synchronized void close() {
    peer.ifPresent(Peer::close);
  }
}
