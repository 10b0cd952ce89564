package org.jobfold.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.alg.shortestpath.BFSShortestPath;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedPseudograph;
import org.jobfold.folder.After;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;

/** Laws of graphs, with JGraphT and naive ways as what they are compared with. */
class GraphProperties {
  @Property
  void successorsAndPredecessorsAreTheSameEdges(@ForAll("edges") List<List<Integer>> edges) {
    Digraph graph = digraph(edges);
    Set<List<Integer>> forward = new HashSet<>();
    for (int v = 0; v < graph.size(); v++) {
      for (int i = 0; i < graph.successorCount(v); i++) {
        forward.add(List.of(v, graph.successor(v, i)));
      }
    }
    Set<List<Integer>> backward = new HashSet<>();
    for (int v = 0; v < graph.size(); v++) {
      for (int i = 0; i < graph.predecessorCount(v); i++) {
        backward.add(List.of(graph.predecessor(v, i), v));
      }
    }
    assertThat(forward).isEqualTo(new HashSet<>(edges)).isEqualTo(backward);
    assertThat(graph.edges()).isEqualTo(forward.size());
  }

  @Property
  void theOrderRespectsAllEdges(@ForAll("edges") List<List<Integer>> edges) {
    Digraph graph = digraph(upwards(edges));
    List<Integer> order = IntStream.of(Ready.inOrder(graph)).boxed().toList();

    assertThat(order).hasSize(graph.size()).doesNotHaveDuplicates();
    upwards(edges)
        .forEach(
            edge -> assertThat(order.indexOf(edge.get(0))).isLessThan(order.indexOf(edge.get(1))));
    assertThat(Cycles.in(graph).isEmpty()).isTrue();
  }

  @Property
  void ofReadyVerticesTheLargestPriorityComesFirst(@ForAll List<Integer> priorities) {
    Digraph.Builder builder = new Digraph.Builder(priorities.size());
    priorities.forEach(p -> builder.next());
    Ready ready = new Ready(builder.build(), priorities::get);
    List<Integer> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      order.add(ready.next());
    }

    List<Integer> expected =
        new ArrayList<>(IntStream.range(0, priorities.size()).boxed().toList());
    expected.sort((a, b) -> priorities.get(b).compareTo(priorities.get(a)));
    assertThat(order).isEqualTo(expected);
  }

  @Property
  void componentsAreThoseOfJgrapht(@ForAll("edges") List<List<Integer>> edges) {
    Digraph graph = digraph(edges);
    int[] component = Components.of(graph);

    Set<Set<Integer>> ours =
        new HashSet<>(
            IntStream.range(0, graph.size())
                .boxed()
                .collect(Collectors.groupingBy(v -> component[v], Collectors.toSet()))
                .values());
    assertThat(ours)
        .isEqualTo(
            new HashSet<>(
                new KosarajuStrongConnectivityInspector<>(jgrapht(edges)).stronglyConnectedSets()));
  }

  @Property
  void shortestPathsAreAsShortAsThoseOfJgrapht(
      @ForAll("edges") List<List<Integer>> edges,
      @ForAll @IntRange(max = 7) int from,
      @ForAll @IntRange(max = 7) int to) {
    if (from == to) {
      return;
    }
    List<Integer> path = new Search(digraph(edges)).shortest(from, to);
    var theirs = new BFSShortestPath<>(jgrapht(edges)).getPath(from, to);

    assertThat(path.size()).isEqualTo(theirs == null ? 0 : theirs.getLength() + 1);
    for (int i = 1; i < path.size(); i++) {
      assertThat(edges).contains(List.of(path.get(i - 1), path.get(i)));
    }
  }

  @Property
  void everyVertexOnACycleIsOnAShortestOneThatIsFound(@ForAll("edges") List<List<Integer>> edges) {
    Digraph graph = digraph(edges);
    Cycles cycles = Cycles.in(graph);

    assertThat(cycles.more()).isZero();
    assertThat(cycles.shortest())
        .doesNotHaveDuplicates()
        .isSortedAccordingTo((a, b) -> Integer.compare(a.size(), b.size()));
    for (List<Integer> cycle : cycles.shortest()) {
      assertThat(cycle).doesNotHaveDuplicates();
      assertThat(cycle.get(0)).isEqualTo(Collections.min(cycle));
      for (int i = 0; i < cycle.size(); i++) {
        assertThat(edges).contains(List.of(cycle.get(i), cycle.get((i + 1) % cycle.size())));
      }
    }
    for (int v = 0; v < graph.size(); v++) {
      int vertex = v;
      int naive = lengthOfShortestCycle(edges, v);
      assertThat(
              cycles.shortest().stream()
                  .filter(cycle -> cycle.contains(vertex))
                  .mapToInt(List::size)
                  .min()
                  .orElse(0))
          .isEqualTo(naive);
    }
  }

  @Property
  void theOrderOfTheEdgesHasNoPart(
      @ForAll("edges") List<List<Integer>> edges, @ForAll Random random) {
    List<List<Integer>> shuffled = new ArrayList<>(edges);
    Collections.shuffle(shuffled, random);

    assertThat(Cycles.in(digraph(shuffled))).isEqualTo(Cycles.in(digraph(edges)));
    assertThat(Ready.inOrder(digraph(shuffled))).isEqualTo(Ready.inOrder(digraph(edges)));
  }

  @Property(tries = 3000)
  void globsFindWhatANaiveMatcherFinds(
      @ForAll("names") Set<String> names,
      @ForAll("parts") List<String> above,
      @ForAll("globParts") List<String> glob) {
    String top = String.join("/", above);
    String pattern = "/" + (top.isEmpty() ? "" : top + "/") + String.join("/", glob);
    JobTree tree = JobTree.of(names.stream().map(name -> JobFolder.shell(name, "true")).toList());
    Names sorted = new Names(tree);
    Set<String> found = new TreeSet<>();
    sorted.matching(
        top.isEmpty() ? FolderName.ROOT : new FolderName("/" + top),
        org.jobfold.folder.Glob.of(String.join("/", glob)),
        i -> found.add(sorted.name(i).path()));

    var naive = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    assertThat(found)
        .isEqualTo(
            names.stream()
                .filter(name -> naive.matches(Path.of(name)))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Property
  void aFolderWaitsForWhatItsGlobMatchesBesideItself(
      @ForAll("names") Set<String> names, @ForAll("globParts") List<String> glob) {
    String pattern = "/" + String.join("/", glob);
    String own = "/b/own";
    List<JobFolder> folders = new ArrayList<>();
    names.stream()
        .filter(name -> !name.equals(own))
        .forEach(name -> folders.add(JobFolder.shell(name, "true")));
    folders.add(JobFolder.shell(own, "true").dependingOn(Dependency.on(pattern)));
    JobTree tree = JobTree.of(folders);
    var naive = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    Set<String> expected =
        names.stream()
            .filter(name -> !name.equals(own) && naive.matches(Path.of(name)))
            .collect(Collectors.toCollection(TreeSet::new));
    if (expected.isEmpty()) {
      assertThat(FolderGraph.problems(tree, Beside.NOTHING)).hasSize(1);
      return;
    }
    FolderGraph graph = FolderGraph.of(tree);
    int index = graph.index(new FolderName(own)).orElseThrow();
    assertThat(
            IntStream.range(0, graph.predecessorCount(index))
                .mapToObj(i -> graph.folder(graph.predecessor(index, i)).name().path()))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static int lengthOfShortestCycle(List<List<Integer>> edges, int vertex) {
    Set<Integer> level = new HashSet<>(Set.of(vertex));
    for (int length = 1; length <= 8; length++) {
      Set<Integer> next = new HashSet<>();
      for (List<Integer> edge : edges) {
        if (level.contains(edge.get(0))) {
          next.add(edge.get(1));
        }
      }
      if (next.contains(vertex)) {
        return length;
      }
      level = next;
    }
    return 0;
  }

  private static List<List<Integer>> upwards(List<List<Integer>> edges) {
    return edges.stream().filter(edge -> edge.get(0) < edge.get(1)).toList();
  }

  private static Digraph digraph(List<List<Integer>> edges) {
    Digraph.Builder builder = new Digraph.Builder(8);
    for (int v = 0; v < 8; v++) {
      int vertex = v;
      edges.stream()
          .filter(edge -> edge.get(1) == vertex)
          .forEach(edge -> builder.predecessor(edge.get(0), After.SUCCESS));
      builder.next();
    }
    return builder.build();
  }

  private static DirectedPseudograph<Integer, DefaultEdge> jgrapht(List<List<Integer>> edges) {
    DirectedPseudograph<Integer, DefaultEdge> graph = new DirectedPseudograph<>(DefaultEdge.class);
    IntStream.range(0, 8).forEach(graph::addVertex);
    edges.forEach(edge -> graph.addEdge(edge.get(0), edge.get(1)));
    return graph;
  }

  @Provide
  static Arbitrary<List<List<Integer>>> edges() {
    return Arbitraries.integers().between(0, 7).list().ofSize(2).list().ofMaxSize(16);
  }

  @Provide
  static Arbitrary<List<String>> parts() {
    return Arbitraries.of("a", "b", "a b", "aa", ".c").list().ofMaxSize(2);
  }

  @Provide
  static Arbitrary<Set<String>> names() {
    return Arbitraries.of("a", "b", "a b", "aa", ".c")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(parts -> "/" + String.join("/", parts))
        .set()
        .ofMinSize(1)
        .ofMaxSize(20);
  }

  @Provide
  static Arbitrary<List<String>> globParts() {
    return Arbitraries.of("*", "**", "a*", "?", "[ab]", "{a,b}", "a", "{a,b/*}")
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .filter(parts -> org.jobfold.folder.Glob.isGlob(String.join("/", parts)));
  }
}
