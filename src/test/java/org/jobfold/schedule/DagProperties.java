package org.jobfold.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of the graph of the library. */
class DagProperties {
  @Property
  void closuresAreWhatWalkingBackFinds(@ForAll("acyclic") List<List<Integer>> edges) {
    Dag<Integer, String> dag = dag(edges);

    dag.ids().forEach(id -> assertThat(dag.closure(id)).isEqualTo(naiveClosure(edges, id)));
  }

  @Property
  void reversingTwiceChangesNothing(@ForAll("acyclic") List<List<Integer>> edges) {
    Dag<Integer, String> dag = dag(edges);
    dag.tag(3, "three");

    assertThat(dag.reverse().reverse()).isEqualTo(dag);
  }

  @Property
  void pruningKeepsWhatCanBeReachedFromWhat(
      @ForAll("acyclic") List<List<Integer>> edges, @ForAll Set<Integer> removed) {
    Dag<Integer, String> dag = dag(edges);
    Dag<Integer, String> kept =
        dag.prune(vertex -> removed.contains(vertex.id()), Dag.Tagged.REFUSE);

    assertThat(kept.ids()).doesNotContainAnyElementsOf(removed.isEmpty() ? Set.of(-1) : removed);
    for (int id : kept.ids()) {
      Set<Integer> expected = new TreeSet<>(dag.closure(id));
      expected.removeAll(removed);
      assertThat(kept.closure(id)).isEqualTo(expected);
    }
  }

  @Property
  void theOrderOfAddingHasNoPart(
      @ForAll("acyclic") List<List<Integer>> edges, @ForAll Random random) {
    List<Vertex<Integer, String>> vertices = new ArrayList<>(vertices(edges));
    Collections.shuffle(vertices, random);
    Dag<Integer, String> shuffled = new Dag<>();
    shuffled.addAll(vertices);
    Dag<Integer, String> dag = dag(edges);

    assertThat(shuffled).containsExactlyElementsOf(dag);
    assertThat(shuffled.dot()).isEqualTo(dag.dot());
    assertThat(shuffled.tree(String::valueOf)).isEqualTo(dag.tree(String::valueOf));
  }

  @Property
  void updateRefusesExactlyWhatClosesACycle(@ForAll("edges") List<List<Integer>> edges) {
    Dag<Integer, String> dag = dag(List.of());
    List<List<Integer>> taken = new ArrayList<>();
    for (List<Integer> edge : edges) {
      boolean closes =
          edge.get(0).equals(edge.get(1)) || naiveClosure(taken, edge.get(0)).contains(edge.get(1));
      boolean refused = false;
      try {
        dag.update(edge.get(1), List.of(edge.get(0)));
        taken.add(edge);
      } catch (DagException e) {
        refused = true;
      }
      assertThat(refused).isEqualTo(closes);
    }
    dag.check();
  }

  @Property
  void aWalkLeavesEachVertexOnceAfterItsPredecessors(
      @ForAll("acyclic") List<List<Integer>> edges, @ForAll Random random) {
    Dag<Integer, String> dag = dag(edges);
    DagIterator<Integer, String> iterator = new DagIterator<>(dag);
    List<Integer> busy = new ArrayList<>();
    Set<Integer> left = new HashSet<>();
    for (Next<Integer, String> next = iterator.next();
        !(next instanceof Next.Done);
        next = iterator.next()) {
      if (next instanceof Next.Ready<Integer, String> ready) {
        assertThat(left).containsAll(ready.vertex().predecessors());
        busy.add(ready.vertex().id());
      }
      if (next instanceof Next.Waiting || random.nextBoolean()) {
        int id = busy.remove(random.nextInt(busy.size()));
        iterator.leave(id);
        assertThat(left.add(id)).isTrue();
      }
    }
    assertThat(left).isEqualTo(dag.ids());
    assertThat(busy).isEmpty();
  }

  private static Set<Integer> naiveClosure(List<List<Integer>> edges, int id) {
    Set<Integer> closure = new TreeSet<>();
    Deque<Integer> left = new ArrayDeque<>(List.of(id));
    while (!left.isEmpty()) {
      int at = left.pop();
      edges.stream()
          .filter(edge -> edge.get(1) == at && closure.add(edge.get(0)))
          .forEach(edge -> left.push(edge.get(0)));
    }
    return closure;
  }

  private static Dag<Integer, String> dag(List<List<Integer>> edges) {
    Dag<Integer, String> dag = new Dag<>();
    dag.addAll(vertices(edges));
    return dag;
  }

  private static List<Vertex<Integer, String>> vertices(List<List<Integer>> edges) {
    return IntStream.range(0, 9)
        .mapToObj(
            id ->
                Vertex.of(
                    id,
                    "data of " + id,
                    edges.stream()
                        .filter(edge -> edge.get(1) == id)
                        .map(edge -> edge.get(0))
                        .toList()))
        .toList();
  }

  @Provide
  static Arbitrary<List<List<Integer>>> edges() {
    return Arbitraries.integers().between(0, 8).list().ofSize(2).list().ofMaxSize(20);
  }

  /** The ids say nothing of the order: edges lead along a fixed mixture of them. */
  @Provide
  static Arbitrary<List<List<Integer>>> acyclic() {
    int[] place = {4, 7, 2, 0, 8, 1, 6, 3, 5};
    return edges()
        .map(all -> all.stream().filter(edge -> place[edge.get(0)] < place[edge.get(1)]).toList());
  }
}
