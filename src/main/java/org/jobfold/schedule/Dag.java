package org.jobfold.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jobfold.graph.Drawing;
import org.jobfold.graph.Ready;
import org.jobfold.graph.Search;
import org.jspecify.annotations.Nullable;

/**
 * A directed graph of vertices with data, in which each vertex names its predecessors: those that
 * must be done before it. The behaviour follows that of e3-core's DAG. Everything that comes in an
 * order comes in that of the ids where the edges leave a choice, and does so whatever the order was
 * in which vertices were added.
 *
 * <p>{@link #add} and {@link #update} check each time that there is no cycle. To make a large
 * graph, {@link #addAll} checks once, and so does a call of {@link #check} after many of {@link
 * #put}.
 *
 * <p>It never takes null, and is not safe for several threads.
 *
 * @param <K> the ids
 * @param <V> the data
 */
public final class Dag<K extends Comparable<K>, V> implements Iterable<Vertex<K, V>> {
  /** What is done about vertices with a tag that are to be removed. */
  public enum Tagged {
    /** They are not removed: it is an error. */
    REFUSE,
    /** They are removed like the others, and their tags with them. */
    REMOVE
  }

  /**
   * A tagged vertex near another one.
   *
   * @param distance how many edges away, 0 for the vertex itself
   * @param id of the tagged vertex
   * @param tag of it
   * @param <K> the ids
   */
  public record Context<K>(int distance, K id, String tag) {}

  private final NavigableMap<K, Vertex<K, V>> vertices = new TreeMap<>();
  private final NavigableMap<K, String> tags = new TreeMap<>();
  private @Nullable Snapshot<K> snapshot;

  /** Whether there may be a cycle, or a predecessor that is not there. */
  private boolean unchecked;

  /** A graph without vertices. */
  public Dag() {}

  private Dag(Dag<K, V> other) {
    vertices.putAll(other.vertices);
    tags.putAll(other.tags);
    unchecked = other.unchecked;
  }

  /** Adds a vertex that can be done at once. See {@link #add(Comparable, Object, Collection)}. */
  public void add(K id, V data) {
    add(id, data, List.of());
  }

  /**
   * Adds a vertex.
   *
   * @throws DagException if there is one with this id, if a predecessor is not there, or if it
   *     would be on a cycle; nothing is added then
   */
  public void add(K id, V data, Collection<K> predecessors) {
    if (vertices.containsKey(id)) {
      throw new DagException("vertex '" + id + "' is there already: update it");
    }
    update(id, data, predecessors);
  }

  /**
   * Adds a vertex, or gives the one with this id other data and more predecessors: those that it
   * has stay.
   *
   * @throws DagException if a predecessor is not there, or if it would be on a cycle; nothing is
   *     changed then
   */
  public void update(K id, V data, Collection<K> predecessors) {
    refuseCycle(id, predecessors);
    store(id, data, predecessors);
  }

  /** The same, and the data stay. */
  public void update(K id, Collection<K> predecessors) {
    update(id, get(id), predecessors);
  }

  /**
   * Does what {@link #update} does without a check: predecessors may come later, and there may be
   * cycles. Call {@link #check} after the last one.
   */
  public void put(K id, V data, Collection<K> predecessors) {
    unchecked = true;
    store(id, data, predecessors);
  }

  /**
   * Does what {@link #update} does for many vertices, in whatever order, with one check.
   *
   * @throws DagException if the graph is not in order then; nothing is changed
   */
  public void addAll(Collection<Vertex<K, V>> many) {
    Dag<K, V> before = new Dag<>(this);
    try {
      many.forEach(vertex -> put(vertex.id(), vertex.data(), vertex.predecessors()));
      check();
    } catch (DagException e) {
      vertices.clear();
      vertices.putAll(before.vertices);
      unchecked = before.unchecked;
      snapshot = null;
      throw e;
    }
  }

  /**
   * Gives a vertex these predecessors in place of those that it has, without a check.
   *
   * @throws NoSuchElementException if there is no such vertex
   */
  public void setPredecessors(K id, Collection<K> predecessors) {
    unchecked = true;
    snapshot = null;
    vertices.put(id, Vertex.of(id, get(id), predecessors));
  }

  private void store(K id, V data, Collection<K> predecessors) {
    SortedSet<K> all = new TreeSet<>(predecessors);
    Vertex<K, V> known = vertices.get(id);
    if (known != null) {
      all.addAll(known.predecessors());
    }
    vertices.put(id, new Vertex<>(id, data, all));
    snapshot = null;
  }

  /** Looks from the predecessors of a vertex back for the vertex itself. */
  private void refuseCycle(K id, Collection<K> predecessors) {
    for (K predecessor : new TreeSet<>(predecessors)) {
      if (predecessor.equals(id)) {
        throw new DagException(Snapshot.cycle(List.of(id, id)));
      }
      if (!vertices.containsKey(predecessor)) {
        throw new DagException(Snapshot.unknown(id, predecessor));
      }
    }
    if (!unchecked && !vertices.containsKey(id)) {
      // Nothing can lead to a cycle through a vertex that no other has named.
      return;
    }
    Map<K, K> after = new HashMap<>();
    Queue<K> left = new ArrayDeque<>();
    for (K predecessor : new TreeSet<>(predecessors)) {
      after.put(predecessor, id);
      left.add(predecessor);
    }
    while (!left.isEmpty()) {
      K at = left.remove();
      Vertex<K, V> vertex = vertices.get(at);
      for (K predecessor : vertex == null ? Set.<K>of() : vertex.predecessors()) {
        if (predecessor.equals(id)) {
          throw new DagException(Snapshot.cycle(cycle(id, at, after)));
        }
        if (after.putIfAbsent(predecessor, at) == null) {
          left.add(predecessor);
        }
      }
    }
  }

  private static <K> List<K> cycle(K id, K first, Map<K, K> after) {
    List<K> cycle = new ArrayList<>(List.of(id));
    for (K at = first; at != null && !at.equals(id); at = after.get(at)) {
      cycle.add(at);
    }
    cycle.add(id);
    return cycle;
  }

  /**
   * Checks that all predecessors are there, and that there is no cycle. Costs nothing if it was
   * done since the last change.
   *
   * @throws DagException with all predecessors that are not there, or with the shortest cycles; the
   *     same each time
   */
  public void check() {
    snapshot().check();
    unchecked = false;
  }

  private Snapshot<K> snapshot() {
    if (snapshot == null) {
      snapshot = new Snapshot<>(vertices);
    }
    return snapshot;
  }

  /** The edges, of which is known that they are in order. */
  Snapshot<K> checked() {
    check();
    return snapshot();
  }

  /** How many vertices there are. */
  public int size() {
    return vertices.size();
  }

  /** Whether there is a vertex with this id. */
  public boolean contains(K id) {
    return vertices.containsKey(id);
  }

  /**
   * The data of a vertex.
   *
   * @throws NoSuchElementException if there is no such vertex
   */
  public V get(K id) {
    return vertex(id).data();
  }

  /**
   * A vertex.
   *
   * @throws NoSuchElementException if there is no such vertex
   */
  public Vertex<K, V> vertex(K id) {
    Vertex<K, V> vertex = vertices.get(id);
    if (vertex == null) {
      throw new NoSuchElementException("there is no vertex '" + id + "'");
    }
    return vertex;
  }

  /** All ids, in their order. */
  public SortedSet<K> ids() {
    return Collections.unmodifiableSortedSet(vertices.navigableKeySet());
  }

  /**
   * Those that must be done right before a vertex.
   *
   * @throws NoSuchElementException if there is no such vertex
   */
  public SortedSet<K> predecessors(K id) {
    return vertex(id).predecessors();
  }

  /**
   * Those that name a vertex as their predecessor.
   *
   * @throws NoSuchElementException if there is no such vertex
   * @throws DagException if a vertex names one that is not there
   */
  public SortedSet<K> successors(K id) {
    int index = index(id);
    SortedSet<K> successors = new TreeSet<>();
    for (int i = 0; i < snapshot().graph().successorCount(index); i++) {
      successors.add(snapshot().id(snapshot().graph().successor(index, i)));
    }
    return Collections.unmodifiableSortedSet(successors);
  }

  private int index(K id) {
    return snapshot().index(vertex(id).id());
  }

  /**
   * All that must be done before a vertex, at whatever remove. The vertex is among them only if it
   * is on a cycle.
   *
   * @throws NoSuchElementException if there is no such vertex
   * @throws DagException if a vertex names one that is not there
   */
  public SortedSet<K> closure(K id) {
    return Search.before(snapshot().graph(), index(id)).stream()
        .mapToObj(snapshot()::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The shortest way from one vertex over successors to another, both among them. From a vertex to
   * itself, it is the shortest cycle that the vertex is on.
   *
   * @return none if there is no way
   * @throws NoSuchElementException if one of them is not there
   * @throws DagException if a vertex names one that is not there
   */
  public Optional<List<K>> shortestPath(K from, K to) {
    List<Integer> path = new Search(snapshot().graph()).shortest(index(from), index(to));
    return path.isEmpty() ? Optional.empty() : Optional.of(snapshot().ids(path));
  }

  /**
   * Gives a vertex a tag, in place of the one that it may have.
   *
   * @throws NoSuchElementException if there is no such vertex
   */
  public void tag(K id, String tag) {
    tags.put(vertex(id).id(), tag);
  }

  /**
   * The tag of a vertex, if it has one.
   *
   * @throws NoSuchElementException if there is no such vertex
   */
  public Optional<String> tag(K id) {
    return Optional.ofNullable(tags.get(vertex(id).id()));
  }

  /** The nearest tagged vertices before a vertex, however far and however many. */
  public List<Context<K>> context(K id) {
    return context(id, Integer.MAX_VALUE, Integer.MAX_VALUE, Direction.PREDECESSORS);
  }

  /**
   * The nearest tagged vertices: of each way that leads away from a vertex the first. If it is
   * tagged itself, it is the only one.
   *
   * @param maxDistance how many edges away at most
   * @param maxElements how many at most
   * @return the nearest first, equally near ones in the order of their ids
   * @throws NoSuchElementException if there is no such vertex
   * @throws DagException if the graph is not in order
   */
  public List<Context<K>> context(K id, int maxDistance, int maxElements, Direction direction) {
    check();
    List<Context<K>> found = new ArrayList<>();
    Set<K> seen = new TreeSet<>(Set.of(vertex(id).id()));
    SortedSet<K> level = new TreeSet<>(seen);
    for (int distance = 0; !level.isEmpty() && distance <= maxDistance; distance++) {
      SortedSet<K> next = new TreeSet<>();
      for (K at : level) {
        String tag = tags.get(at);
        if (tag == null) {
          for (K near : direction == Direction.PREDECESSORS ? predecessors(at) : successors(at)) {
            if (seen.add(near)) {
              next.add(near);
            }
          }
        } else if (found.size() < maxElements) {
          found.add(new Context<>(distance, at, tag));
        }
      }
      level = next;
    }
    return found;
  }

  /**
   * A graph with the same vertices and tags, and all edges turned round.
   *
   * @throws DagException if this graph is not in order
   */
  public Dag<K, V> reverse() {
    check();
    Dag<K, V> reversed = new Dag<>();
    vertices.keySet().forEach(id -> reversed.store(id, get(id), successors(id)));
    reversed.tags.putAll(tags);
    return reversed;
  }

  /**
   * A graph without some vertices. Those that came after a removed one come after its predecessors.
   *
   * @param removed which
   * @throws DagException if this graph is not in order, or if a vertex to remove is tagged and that
   *     is refused
   */
  public Dag<K, V> prune(Predicate<Vertex<K, V>> removed, Tagged tagged) {
    Dag<K, V> kept = new Dag<>();
    Map<K, Set<K>> inherited = new HashMap<>();
    for (Vertex<K, V> vertex : this) {
      SortedSet<K> predecessors = new TreeSet<>();
      for (K predecessor : vertex.predecessors()) {
        Set<K> others = inherited.get(predecessor);
        if (others == null) {
          predecessors.add(predecessor);
        } else {
          predecessors.addAll(others);
        }
      }
      String tag = tags.get(vertex.id());
      if (!removed.test(vertex)) {
        kept.store(vertex.id(), vertex.data(), predecessors);
        if (tag != null) {
          kept.tag(vertex.id(), tag);
        }
      } else if (tag != null && tagged == Tagged.REFUSE) {
        throw new DagException(
            "vertex '" + vertex.id() + "' has the tag '" + tag + "', and is not removed: keep it");
      } else {
        inherited.put(vertex.id(), predecessors);
      }
    }
    return kept;
  }

  /**
   * A graph with the vertices, edges and tags of both. Where both have a vertex, or a tag for it,
   * the data and the tag of the other one are taken.
   *
   * @throws DagException if it would not be in order
   */
  public Dag<K, V> union(Dag<K, V> other) {
    Dag<K, V> union = new Dag<>(this);
    union.addAll(other.vertices.values());
    union.tags.putAll(other.tags);
    return union;
  }

  /**
   * All vertices, each after its predecessors; of several, the one with the smallest id comes
   * first. They are those of the moment when the iterator is made.
   *
   * @throws DagException if the graph is not in order
   */
  @Override
  public Iterator<Vertex<K, V>> iterator() {
    List<Vertex<K, V>> all = new ArrayList<>(size());
    for (int index : Ready.inOrder(checked().graph())) {
      all.add(vertex(snapshot().id(index)));
    }
    return Collections.unmodifiableList(all).iterator();
  }

  /**
   * The graph in the DOT language. Edges lead from predecessors to successors.
   *
   * @throws DagException if a vertex names one that is not there
   */
  public String dot() {
    StringBuilder text = new StringBuilder();
    drawing(String::valueOf).dot(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /**
   * The graph as a tree: each vertex without predecessors, with its successors below it. What is
   * below several is drawn once.
   *
   * @param name what to call each vertex
   * @throws DagException if the graph is not in order
   */
  public String tree(Function<K, String> name) {
    check();
    StringBuilder text = new StringBuilder();
    drawing(name).tree(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private Drawing drawing(Function<K, String> name) {
    Snapshot<K> now = snapshot();
    return new Drawing(
        now.graph(),
        index -> name.apply(now.id(index)),
        index -> tags.getOrDefault(now.id(index), ""));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Dag<?, ?> dag && vertices.equals(dag.vertices) && tags.equals(dag.tags);
  }

  @Override
  public int hashCode() {
    return 31 * vertices.hashCode() + tags.hashCode();
  }

  /** A line for each vertex, with its predecessors. */
  @Override
  public String toString() {
    return vertices.values().stream().map(Vertex::toString).collect(Collectors.joining("\n"));
  }
}
