package org.jobfold.walk;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Folders with equal needs, the first in order in front. Those that come in their order, as nearly
 * all do, are taken out without a comparison of names for each of those behind.
 */
final class Line {
  /** Ascending from its front. */
  private final ArrayDeque<Waiting> inOrder = new ArrayDeque<>();

  /** Those that came when there was one in {@link #inOrder} that they go before. */
  private final PriorityQueue<Waiting> others = new PriorityQueue<>();

  void add(Waiting waiting) {
    if (inOrder.isEmpty() || inOrder.getLast().compareTo(waiting) <= 0) {
      inOrder.add(waiting);
    } else {
      others.add(waiting);
    }
  }

  void addAll(Collection<Waiting> several) {
    several.forEach(this::add);
  }

  boolean isEmpty() {
    return inOrder.isEmpty() && others.isEmpty();
  }

  int size() {
    return inOrder.size() + others.size();
  }

  /** The first folder. */
  Waiting first() {
    if (isEmpty()) {
      throw new NoSuchElementException("no folder waits in this line");
    }
    return isInOrderFirst() ? inOrder.getFirst() : others.element();
  }

  /** Takes the first folder out. */
  Waiting remove() {
    if (isEmpty()) {
      throw new NoSuchElementException("no folder waits in this line");
    }
    return isInOrderFirst() ? inOrder.remove() : others.remove();
  }

  private boolean isInOrderFirst() {
    return others.isEmpty()
        || (!inOrder.isEmpty() && inOrder.getFirst().compareTo(others.element()) <= 0);
  }

  /** Takes out all that match. */
  void removeIf(Predicate<Waiting> matches) {
    inOrder.removeIf(matches);
    others.removeIf(matches);
  }

  /** All folders, in no particular order. */
  Stream<Waiting> stream() {
    return Stream.concat(inOrder.stream(), others.stream());
  }
}
