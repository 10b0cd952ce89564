package org.jobfold.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MostlySortedProperties {
  /** Negative numbers are polls, others are put in. */
  @Property
  void itGivesWhatAHeapGives(@ForAll List<@IntRange(min = -60, max = 60) Integer> steps) {
    MostlySorted<Integer> queue = new MostlySorted<>(Comparator.naturalOrder());
    PriorityQueue<Integer> heap = new PriorityQueue<>();
    for (int step : steps) {
      if (step < 0) {
        assertThat(queue.poll().orElse(-1)).isEqualTo(heap.isEmpty() ? -1 : heap.poll());
      } else {
        queue.add(step);
        heap.add(step);
      }
      assertThat(queue.size()).isEqualTo(heap.size());
      assertThat(queue.isEmpty()).isEqualTo(heap.isEmpty());
    }
    assertThat(queue.stream()).containsExactlyInAnyOrderElementsOf(heap);
    List<Integer> even = queue.takeIf(n -> n % 2 == 0);
    assertThat(even)
        .containsExactlyInAnyOrderElementsOf(heap.stream().filter(n -> n % 2 == 0).toList());
    heap.removeIf(n -> n % 2 == 0);
    List<Integer> left = new ArrayList<>();
    while (!queue.isEmpty()) {
      left.add(queue.poll().orElseThrow());
    }
    assertThat(left).isEqualTo(heap.stream().sorted().toList());
  }

  @Property
  void whatIsClearedIsEmpty(@ForAll List<Integer> numbers) {
    MostlySorted<Integer> queue = new MostlySorted<>(Comparator.naturalOrder());
    numbers.forEach(queue::add);
    queue.clear();
    assertThat(queue.poll()).isEmpty();
    assertThat(Stream.concat(queue.stream(), numbers.stream()).toList()).isEqualTo(numbers);
  }
}
