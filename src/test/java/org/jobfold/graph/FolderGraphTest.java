package org.jobfold.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jobfold.folder.After;
import org.jobfold.folder.Command;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Origin;
import org.jobfold.folder.Phase;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.folder.Settings;
import org.junit.jupiter.api.Test;

/** What folders wait for, and what is refused. */
class FolderGraphTest {
  @Test
  void namesAreRelativeOrFromTheRoot() {
    FolderGraph graph =
        FolderGraph.of(
            JobTree.of(
                folder("/relax"),
                folder("/si/a"),
                folder("/si/b", "../a", "/relax", "./c/d"),
                folder("/si/b/c/d")));

    assertThat(predecessors(graph, "/si/b")).containsExactly("/relax", "/si/a", "/si/b/c/d");
    assertThat(successors(graph, "/relax")).containsExactly("/si/b");
    assertThat(predecessors(graph, "/relax")).isEmpty();
    assertThat(graph.edges()).isEqualTo(3);
    assertThat(graph.predecessorCounts()).containsExactly(0, 0, 3, 0);
  }

  @Test
  void globsMatchExecutableFoldersButNotTheirOwn() {
    FolderGraph graph =
        FolderGraph.of(
            JobTree.of(
                folder("/s/a1"),
                folder("/s/a2"),
                folder("/s/a2/deep"),
                folder("/s/b"),
                folder("/s/sum", "../*"),
                folder("/t/all", "/s/**"),
                folder("/u", "../s/a?", "/[t-v]/all"),
                folder("/v", "/{s,t}/*")));

    assertThat(predecessors(graph, "/s/sum")).containsExactly("/s/a1", "/s/a2", "/s/b");
    assertThat(predecessors(graph, "/t/all"))
        .containsExactly("/s/a1", "/s/a2", "/s/a2/deep", "/s/b", "/s/sum");
    assertThat(predecessors(graph, "/u")).containsExactly("/s/a1", "/s/a2", "/t/all");
    assertThat(predecessors(graph, "/v"))
        .containsExactly("/s/a1", "/s/a2", "/s/b", "/s/sum", "/t/all");
  }

  @Test
  void aNameThatIsThereIsNoGlob() {
    FolderGraph graph =
        FolderGraph.of(
            JobTree.of(
                folder("/[x]/a"),
                folder("/[x]/b", "../a", "../*"),
                folder("/c", "/[x]/b", "/\\[x\\]/a"),
                folder("/x/a")));

    assertThat(predecessors(graph, "/[x]/b")).containsExactly("/[x]/a");
    assertThat(predecessors(graph, "/c")).containsExactly("/[x]/a", "/[x]/b");
  }

  @Test
  void aNameCountsMoreThanAGlobAndSuccessMoreThanAny() {
    FolderGraph graph =
        FolderGraph.of(
            JobTree.of(
                folder("/a"),
                folder("/b"),
                folder("/c"),
                folder("/x")
                    .dependingOn(
                        Dependency.on("/[a-c]"),
                        Dependency.afterAny("/b"),
                        Dependency.afterAny("/c"),
                        Dependency.on("../c"),
                        Dependency.afterAny("/*"))));

    assertThat(afters(graph, "/x")).containsExactly(After.SUCCESS, After.ANY, After.SUCCESS);
    assertThat(graph.afterOfSuccessor(1, 0)).isEqualTo(After.ANY);
    assertThat(graph.afterOfSuccessor(2, 0)).isEqualTo(After.SUCCESS);
  }

  @Test
  void whatRunsAtTheEndWaitsForOthersAndNotTheOtherWayRound() {
    JobFolder end = folder("/end", "/*").in(Phase.FINALLY);
    JobFolder last = folder("/last", "/end").in(Phase.FINALLY);

    FolderGraph graph = FolderGraph.of(JobTree.of(folder("/a"), folder("/sum", "/*"), end));
    assertThat(predecessors(graph, "/sum")).containsExactly("/a");
    assertThat(predecessors(graph, "/end")).containsExactly("/a", "/sum");
    assertThat(problems(folder("/b", "/end"), folder("/c", "/e*"), folder("/d"), end, last))
        .containsExactlyInAnyOrder(
            "/b: 'depends' names '/end', which runs at the end: only folders with 'finally: true'"
                + " can wait for it",
            "/c: 'depends' names '/e*', which no other folder that runs something before the end"
                + " has as its name: correct it, or take it out",
            "/end: folders wait for one another: '/end' waits for '/last' waits for '/end': take"
                + " one of these out of 'depends'");
  }

  @Test
  void taggedFoldersStayInTheGraph() {
    JobFolder off =
        new JobFolder(new FolderName("/a"), folder("/a").functional(), Settings.DEFAULT, true);
    FolderGraph graph = FolderGraph.of(JobTree.of(off, folder("/b", "../a")));

    assertThat(predecessors(graph, "/b")).containsExactly("/a");
    assertThat(graph.folder(0).tagged()).isTrue();
  }

  @Test
  void allThatIsWrongIsSaid() {
    assertThat(
            problems(
                folder("/relax/si"),
                folder("/a", "/relx/si", "/relax", "/nowhere/b"),
                folder("/b", "../../x", ".", "../b"),
                folder("/c", "/x*", "/c*", "/relax/*/../y"),
                folder("/d", "/x*"),
                folder("/e/f", "../../x*", "/x*")))
        .containsExactlyInAnyOrder(
            "/a: 'depends' names '/relx/si', which is not there: did you mean '/relax/si'?",
            "/a: 'depends' names '/relax', a folder with nothing to run: name one that runs"
                + " something, or those below by '/relax/*'",
            "/a: 'depends' names '/nowhere/b', which is not there: correct it, or make the folder",
            "/b: 'depends' names '../../x' leaves the tree above its root: correct it",
            "/b: 'depends' names '.', which is the folder '/b' itself: take it out",
            "/b: 'depends' names '../b', which is the folder '/b' itself: take it out",
            "/c: 'depends' names '/x*', which no other folder that runs something has as its name:"
                + " correct it, or take it out (and 2 more folders)",
            "/c: 'depends' names '/c*', which no other folder that runs something has as its name:"
                + " correct it, or take it out",
            "/c: 'depends' names '/relax/*/../y', which has the part '..' after a wildcard: correct"
                + " it",
            "/e/f: 'depends' names '../../x*', which no other folder that runs something has as its"
                + " name: correct it, or take it out");
  }

  @Test
  void aProblemIsWhereTheDependencyWasWritten() {
    JobFolder folder =
        folder("/a")
            .dependingOn(new Dependency("/b", After.SUCCESS, Origin.in("tree/a/job.yaml", 7)));

    assertThat(problems(folder))
        .containsExactly(
            "tree/a/job.yaml:7: 'depends' names '/b', which is not there: correct it, or make the"
                + " folder");
  }

  @Test
  void whatIsKnownOfOtherFolders() {
    JobTree tree = JobTree.of(folder("/a", "/empty", "/broken", "/broken/b", "/broke*"));
    Beside beside =
        new Beside(name -> name.path().equals("/empty"), Set.of(new FolderName("/broken")));

    assertThat(FolderGraph.problems(tree, beside).stream().map(Problem::text))
        .containsExactly(
            "/a: 'depends' names '/empty', a folder with nothing to run: give it something to run,"
                + " or take it out");
  }

  @Test
  void everyCycleIsShownInItsShortestForm() {
    assertThat(
            problems(
                folder("/a", "/b"),
                folder("/b", "/c", "/d"),
                folder("/c", "/a"),
                folder("/d", "/b"),
                folder("/e", "/f"),
                folder("/f", "/e", "/a")))
        .containsExactly(
            "/a: folders wait for one another: '/a' waits for '/b' waits for '/c' waits for '/a':"
                + " take one of these out of 'depends'",
            "/b: folders wait for one another: '/b' waits for '/d' waits for '/b': take one of"
                + " these out of 'depends'",
            "/e: folders wait for one another: '/e' waits for '/f' waits for '/e': take one of"
                + " these out of 'depends'");
  }

  @Test
  void ofManyCyclesTheShortestAreShownAndTheOthersCounted() {
    List<JobFolder> all = new ArrayList<>();
    IntStream.range(0, 100).forEach(i -> all.add(folder("/a" + i, "../*")));

    List<String> problems = problems(all.toArray(JobFolder[]::new));

    assertThat(problems).hasSize(Cycles.LISTED + 1);
    assertThat(problems)
        .contains(
            "/a0: 79 more circles of folders that wait for one another were found: these are the"
                + " shortest");
  }

  @Test
  void aLongCycleIsNotShownInFull() {
    List<JobFolder> all = new ArrayList<>();
    IntStream.range(0, 100_000)
        .forEach(i -> all.add(folder("/a" + (100_000 + i), "/a" + (100_000 + (i + 1) % 100_000))));

    assertThat(problems(all.toArray(JobFolder[]::new)))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem)
                    .startsWith(
                        "/a100000: folders wait for one another: '/a100000' waits for '/a100001'")
                    .contains("which waits for 99989 more in turn, then '/a199995' waits for")
                    .hasSizeLessThan(400));
  }

  @Test
  void tooManyDependenciesAreRefusedBeforeTheyFillTheMemory() {
    List<JobFolder> all = new ArrayList<>();
    IntStream.range(0, 5_000).forEach(i -> all.add(folder("/a/" + i)));
    IntStream.range(0, 5_000).forEach(i -> all.add(folder("/b/" + i, "/a/*")));

    assertThat(problems(all.toArray(JobFolder[]::new)))
        .singleElement()
        .satisfies(problem -> assertThat(problem).contains("more than 20 million dependencies"));
  }

  @Test
  void eachFolderComesAfterThoseItWaitsFor() {
    FolderGraph graph =
        FolderGraph.of(
            JobTree.of(folder("/a", "/c"), folder("/b"), folder("/c", "/d"), folder("/d")));

    assertThat(graph.topologicalOrder()).containsExactly(1, 3, 2, 0);
  }

  @Test
  void isDrawn() {
    FolderGraph graph =
        FolderGraph.of(
            JobTree.of(
                folder("/a"),
                folder("/b", "/a"),
                folder("/c", "/a"),
                folder("/d", "/b").dependingOn(Dependency.on("/b"), Dependency.afterAny("/c")),
                folder("/e", "/d"),
                folder("/q\"\\")));
    List<String> dot = new ArrayList<>();
    graph.dot(i -> i == 0 ? "succeeded" : "", i -> i == 0 ? "green" : "", dot::add);
    List<String> tree = new ArrayList<>();
    graph.tree(i -> i == 0 ? "succeeded" : "", tree::add);

    assertThat(String.join("\n", dot))
        .isEqualTo(
            """
            digraph {
              rankdir=LR;
              node [shape=box];
              "/a" [label="/a\\nsucceeded", style=filled, fillcolor="green"];
              "/b";
              "/c";
              "/d";
              "/e";
              "/q\\"\\\\";
              "/a" -> "/b";
              "/a" -> "/c";
              "/b" -> "/d";
              "/c" -> "/d" [style=dashed];
              "/d" -> "/e";
            }""");
    assertThat(String.join("\n", tree))
        .isEqualTo(
            """
            /a  succeeded
            ├── /b
            │   └── /d
            │       └── /e
            └── /c
                └── /d  (see above)
            /q"\\""");
  }

  @Test
  void aDeepChainIsDrawnInPieces() {
    List<JobFolder> all = new ArrayList<>(List.of(folder("/a10000000")));
    IntStream.range(1, 200_000)
        .forEach(i -> all.add(folder("/a" + (10_000_000 + i), "/a" + (10_000_000 + i - 1))));
    FolderGraph graph = FolderGraph.of(JobTree.of(all));
    List<String> tree = new ArrayList<>();
    graph.tree(i -> "", tree::add);

    assertThat(tree).hasSizeBetween(200_000, 204_000).allMatch(line -> line.length() < 300);
    assertThat(tree.get(60)).endsWith("/a10000060  (see below)");
    assertThat(tree.get(61)).isEqualTo("... /a10000060");
    assertThat(tree.get(tree.size() - 1)).endsWith("/a10199999");
  }

  @Test
  void refusesWithAllProblems() {
    assertThatThrownBy(() -> FolderGraph.of(JobTree.of(folder("/a", "/b", "/c"))))
        .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.problems()).hasSize(2));
  }

  private static List<String> problems(JobFolder... folders) {
    return FolderGraph.problems(JobTree.of(List.of(folders)), Beside.NOTHING).stream()
        .map(Problem::text)
        .toList();
  }

  private static JobFolder folder(String name, String... depends) {
    return JobFolder.of(name, new Functional.Program(new Command.Shell("true")), Settings.DEFAULT)
        .dependingOn(List.of(depends).stream().map(Dependency::on).toArray(Dependency[]::new));
  }

  private static List<String> predecessors(FolderGraph graph, String name) {
    int index = graph.index(new FolderName(name)).orElseThrow();
    return IntStream.range(0, graph.predecessorCount(index))
        .mapToObj(i -> graph.folder(graph.predecessor(index, i)).name().path())
        .toList();
  }

  private static List<String> successors(FolderGraph graph, String name) {
    int index = graph.index(new FolderName(name)).orElseThrow();
    return IntStream.range(0, graph.successorCount(index))
        .mapToObj(i -> graph.folder(graph.successor(index, i)).name().path())
        .toList();
  }

  private static List<After> afters(FolderGraph graph, String name) {
    int index = graph.index(new FolderName(name)).orElseThrow();
    return IntStream.range(0, graph.predecessorCount(index))
        .mapToObj(i -> graph.afterPredecessor(index, i))
        .toList();
  }
}
