package org.jobfold.walk;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A priority queue for what is put in nearly in order: that costs one comparison, however much is
 * in it. What comes out of order costs what it does in a heap.
 *
 * @param <T> what is in it; which of two equal ones comes first is not said
 */
final class MostlySorted<T> {
  private final Comparator<? super T> order;

  /** What came in order, and whatever came before its last. */
  private final ArrayDeque<T> sorted = new ArrayDeque<>();

  private final PriorityQueue<T> others;

  MostlySorted(Comparator<? super T> order) {
    this.order = order;
    this.others = new PriorityQueue<>(order);
  }

  void add(T value) {
    if (sorted.isEmpty() || order.compare(sorted.getLast(), value) <= 0) {
      sorted.add(value);
    } else {
      others.add(value);
    }
  }

  /** Takes out the first, if there is one. */
  Optional<T> poll() {
    T head = others.peek();
    boolean inOrder =
        head == null || (!sorted.isEmpty() && order.compare(sorted.getFirst(), head) <= 0);
    return Optional.ofNullable(inOrder ? sorted.poll() : others.poll());
  }

  boolean isEmpty() {
    return sorted.isEmpty() && others.isEmpty();
  }

  int size() {
    return sorted.size() + others.size();
  }

  /** All that is in it, in no order. */
  Stream<T> stream() {
    return Stream.concat(sorted.stream(), others.stream());
  }

  /** Takes out those that are so. */
  List<T> takeIf(Predicate<T> which) {
    List<T> taken = stream().filter(which).toList();
    sorted.removeIf(which);
    others.removeIf(which);
    return taken;
  }

  void clear() {
    sorted.clear();
    others.clear();
  }
}
