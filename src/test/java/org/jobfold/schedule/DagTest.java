package org.jobfold.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The graph of the library. */
class DagTest {
  private final Dag<String, Integer> dag = new Dag<>();

  /** a before b and c, both before d. */
  private void diamond() {
    dag.add("a", 1);
    dag.add("c", 3, List.of("a"));
    dag.add("b", 2, List.of("a"));
    dag.add("d", 4, List.of("c", "b"));
  }

  @Test
  void verticesAreAddedAfterTheirPredecessors() {
    diamond();

    assertThat(dag.size()).isEqualTo(4);
    assertThat(dag.contains("d")).isTrue();
    assertThat(dag.contains("e")).isFalse();
    assertThat(dag.get("c")).isEqualTo(3);
    assertThat(dag.predecessors("d")).containsExactly("b", "c");
    assertThat(dag.successors("a")).containsExactly("b", "c");
    assertThat(dag.closure("d")).containsExactly("a", "b", "c");
    assertThat(dag.closure("a")).isEmpty();
    assertThat(dag).extracting(Vertex::id).containsExactly("a", "b", "c", "d");
    assertThat(dag).hasToString("a -> (none)\nb -> a\nc -> a\nd -> b, c");
  }

  @Test
  void unknownIdsAreErrors() {
    diamond();

    assertThatThrownBy(() -> dag.get("x"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("there is no vertex 'x'");
    assertThatThrownBy(() -> dag.predecessors("x")).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> dag.successors("x")).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> dag.closure("x")).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> dag.shortestPath("a", "x")).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> dag.tag("x", "t")).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> dag.setPredecessors("x", List.of()))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void addRefusesWhatIsThereOrWhatIsNot() {
    diamond();

    assertThatThrownBy(() -> dag.add("a", 9))
        .isInstanceOf(DagException.class)
        .hasMessage("vertex 'a' is there already: update it");
    assertThatThrownBy(() -> dag.add("e", 9, List.of("x")))
        .hasMessage("vertex 'e' has the predecessor 'x', which is not there");
    assertThatThrownBy(() -> dag.add("e", 9, List.of("e")))
        .hasMessage("vertices are on a cycle: e -> e");
    assertThat(dag.contains("e")).isFalse();
  }

  @Test
  void updateJoinsPredecessorsAndChangesData() {
    diamond();
    dag.update("d", 40, List.of("a"));
    dag.update("c", List.of("b"));
    dag.update("e", 5, List.of());

    assertThat(dag.predecessors("d")).containsExactly("a", "b", "c");
    assertThat(dag.get("d")).isEqualTo(40);
    assertThat(dag.predecessors("c")).containsExactly("a", "b");
    assertThat(dag.get("c")).isEqualTo(3);
    assertThat(dag.get("e")).isEqualTo(5);
  }

  @Test
  void updateThatWouldMakeACycleChangesNothing() {
    diamond();
    dag.add("e", 5, List.of("d"));

    assertThatThrownBy(() -> dag.update("a", 10, List.of("e", "d")))
        .isInstanceOf(DagException.class)
        .hasMessage("vertices are on a cycle: a -> b -> d -> a");
    assertThat(dag.get("a")).isEqualTo(1);
    assertThat(dag.predecessors("a")).isEmpty();
    dag.check();
  }

  @Test
  void checkSaysAllThatIsWrongEachTime() {
    diamond();
    dag.put("a", 1, List.of("d"));
    dag.put("x", 0, List.of("y"));
    dag.put("y", 0, List.of("x"));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(dag::check)
          .isInstanceOf(DagException.class)
          .hasMessage(
              """
              vertices are on a cycle: x -> y -> x
              vertices are on a cycle: a -> b -> d -> a
              vertices are on a cycle: a -> c -> d -> a""");
      assertThatThrownBy(() -> dag.iterator()).isInstanceOf(DagException.class);
      assertThatThrownBy(() -> new DagIterator<>(dag)).isInstanceOf(DagException.class);
    }
    assertThat(dag.closure("a")).containsExactly("a", "b", "c", "d");
    dag.setPredecessors("a", List.of());
    dag.setPredecessors("x", List.of());
    dag.check();
    assertThat(dag).hasSize(6);
  }

  @Test
  void predecessorsThatAreNotThereAreAllSaid() {
    dag.put("a", 1, List.of("x", "y"));
    dag.put("b", 2, List.of("a", "z"));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(dag::check)
          .isInstanceOf(DagException.class)
          .hasMessage(
              """
              vertex 'a' has the predecessor 'x', which is not there
              vertex 'a' has the predecessor 'y', which is not there
              vertex 'b' has the predecessor 'z', which is not there""");
    }
    assertThatThrownBy(() -> dag.successors("a")).isInstanceOf(DagException.class);
  }

  @Test
  void aVertexThatWasNamedBeforeItCameMayCloseACycle() {
    dag.put("b", 2, List.of("a"));

    assertThatThrownBy(() -> dag.add("a", 1, List.of("b")))
        .hasMessage("vertices are on a cycle: a -> b -> a");
  }

  @Test
  void manyAreAddedAtOnceOrNotAtAll() {
    diamond();

    dag.addAll(List.of(Vertex.of("f", 6, List.of("e")), Vertex.of("e", 5, List.of("d"))));
    assertThat(dag.closure("f")).hasSize(5);
    Dag<String, Integer> before = new Dag<String, Integer>().union(dag);
    assertThatThrownBy(
            () -> dag.addAll(List.of(Vertex.of("a", 7, List.of("f")), Vertex.of("g", 8))))
        .isInstanceOf(DagException.class);
    assertThat(dag).isEqualTo(before);
  }

  @Test
  void shortestPaths() {
    diamond();
    dag.add("e", 5, List.of("d", "a"));

    assertThat(dag.shortestPath("a", "d")).contains(List.of("a", "b", "d"));
    assertThat(dag.shortestPath("a", "e")).contains(List.of("a", "e"));
    assertThat(dag.shortestPath("d", "a")).isEmpty();
    assertThat(dag.shortestPath("a", "a")).isEmpty();
    dag.put("a", 1, List.of("e"));
    assertThat(dag.shortestPath("d", "d")).contains(List.of("d", "e", "a", "b", "d"));
  }

  @Test
  void theContextIsTheNearestTagsOnEachWay() {
    diamond();
    dag.add("e", 5, List.of("d"));
    dag.tag("a", "A");
    dag.tag("b", "B");

    assertThat(dag.context("e")).containsExactly(context(2, "b", "B"), context(3, "a", "A"));
    assertThat(dag.context("e", 2, 9, Direction.PREDECESSORS))
        .containsExactly(context(2, "b", "B"));
    assertThat(dag.context("e", 9, 1, Direction.PREDECESSORS))
        .containsExactly(context(2, "b", "B"));
    assertThat(dag.context("b")).containsExactly(context(0, "b", "B"));
    assertThat(dag.context("a", 9, 9, Direction.SUCCESSORS)).containsExactly(context(0, "a", "A"));
    assertThat(dag.context("c", 9, 9, Direction.SUCCESSORS)).isEmpty();
    assertThat(dag.tag("c")).isEmpty();
  }

  @Test
  void aReversedGraphHasTagsOfItsOwn() {
    diamond();
    dag.tag("a", "A");
    Dag<String, Integer> reversed = dag.reverse();
    reversed.tag("b", "B");

    assertThat(reversed.predecessors("a")).containsExactly("b", "c");
    assertThat(reversed.tag("a")).contains("A");
    assertThat(reversed.get("d")).isEqualTo(4);
    assertThat(dag.tag("b")).isEmpty();
  }

  @Test
  void pruningJoinsWhatIsLeft() {
    diamond();
    dag.add("e", 5, List.of("d"));
    dag.tag("e", "E");
    dag.tag("c", "C");

    Dag<String, Integer> kept =
        dag.prune(v -> List.of("b", "d").contains(v.id()), Dag.Tagged.REFUSE);
    assertThat(kept).hasToString("a -> (none)\nc -> a\ne -> a, c");
    assertThat(kept.tag("e")).contains("E");
    assertThatThrownBy(() -> dag.prune(v -> v.data() == 3, Dag.Tagged.REFUSE))
        .isInstanceOf(DagException.class)
        .hasMessage("vertex 'c' has the tag 'C', and is not removed: keep it");
    assertThat(dag.prune(v -> v.data() == 3, Dag.Tagged.REMOVE).contains("c")).isFalse();
  }

  @Test
  void aUnionHasTheDataAndTagsOfBoth() {
    diamond();
    dag.tag("a", "A");
    dag.tag("b", "B");
    Dag<String, Integer> other = new Dag<>();
    other.add("x", 9);
    other.add("b", 20, List.of("x"));
    other.tag("b", "other");

    Dag<String, Integer> union = dag.union(other);

    assertThat(union.predecessors("b")).containsExactly("a", "x");
    assertThat(union.get("b")).isEqualTo(20);
    assertThat(union.tag("a")).contains("A");
    assertThat(union.tag("b")).contains("other");
    assertThat(dag.tag("b")).contains("B");
    Dag<String, Integer> backwards = new Dag<>();
    backwards.add("d", 1);
    backwards.add("a", 1, List.of("d"));
    assertThatThrownBy(() -> dag.union(backwards)).isInstanceOf(DagException.class);
    assertThat(dag.predecessors("a")).isEmpty();
  }

  @Test
  void isDrawnFromEveryRoot() {
    diamond();
    dag.add("\"q\"", 0);
    dag.tag("a", "A");

    assertThat(dag.tree(id -> id))
        .isEqualTo(
            """
            "q"
            a  A
            ├── b
            │   └── d
            └── c
                └── d
            """);
    assertThat(dag.dot())
        .contains("  \"a\" [label=\"a\\nA\"];\n", "  \"a\" -> \"b\";\n", "  \"\\\"q\\\"\";\n");
    assertThat(new Dag<String, Integer>().tree(id -> id)).isEmpty();
  }

  @Test
  void busyVerticesHoldBackTheirSuccessors() {
    diamond();
    DagIterator<String, Integer> iterator = new DagIterator<>(dag);

    assertThat(id(iterator.next())).isEqualTo("a");
    assertThat(iterator.next()).isInstanceOf(Next.Waiting.class);
    iterator.leave("a");
    assertThat(id(iterator.next())).isEqualTo("b");
    assertThat(id(iterator.next())).isEqualTo("c");
    assertThat(iterator.busy()).isEqualTo(2);
    iterator.leave("c");
    assertThat(iterator.next()).isInstanceOf(Next.Waiting.class);
    iterator.leave("b");
    assertThat(id(iterator.next())).isEqualTo("d");
    assertThat(iterator.next()).isInstanceOf(Next.Waiting.class);
    iterator.leave("d");
    assertThat(iterator.next()).isInstanceOf(Next.Done.class);
    assertThatThrownBy(() -> iterator.leave("d"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("vertex 'd' is not busy: it can not be left");
    assertThatThrownBy(() -> iterator.leave("x")).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void theLargestPriorityIsHandedOutFirst() {
    diamond();
    DagIterator<String, Integer> iterator = new DagIterator<>(dag, Vertex::data);
    iterator.next();
    iterator.leave("a");

    assertThat(id(iterator.next())).isEqualTo("c");
  }

  @Test
  void anEmptyGraphIsDoneAtOnce() {
    assertThat(new DagIterator<>(dag).next()).isInstanceOf(Next.Done.class);
    assertThat(dag).isEmpty();
  }

  @Test
  void aLongChainIsNoMatter() {
    Dag<Integer, Integer> chain = new Dag<>();
    chain.add(0, 0);
    IntStream.range(1, 50_000).forEach(i -> chain.add(i, i, List.of(i - 1)));

    assertThat(chain).hasSize(50_000);
    assertThat(chain.closure(49_999)).hasSize(49_999);
    assertThat(chain.shortestPath(0, 49_999).orElseThrow()).hasSize(50_000);
    assertThat(chain.tree(String::valueOf).lines().count()).isGreaterThan(50_000);
    assertThatThrownBy(() -> chain.update(0, List.of(49_999))).isInstanceOf(DagException.class);
  }

  private static String id(Next<String, Integer> next) {
    List<String> ids = new ArrayList<>();
    if (next instanceof Next.Ready<String, Integer> ready) {
      ids.add(ready.vertex().id());
    }
    assertThat(ids).as("%s", next).hasSize(1);
    return ids.get(0);
  }

  private static Dag.Context<String> context(int distance, String id, String tag) {
    return new Dag.Context<>(distance, id, tag);
  }
}
