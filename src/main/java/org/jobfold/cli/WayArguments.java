package org.jobfold.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jobfold.folder.Problem;
import org.jobfold.submit.Way;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which way a tree is submitted, and how its jobs go on. */
final class WayArguments {
  @Option(
      names = "--asone",
      description = "One batch job for the whole tree. That is so if nothing else is said.")
  private boolean asone;

  @Option(
      names = "--scattered",
      description =
          "One batch job a folder, with the ranks and the time that it asks for; folders that wait for one another go together.")
  private boolean scattered;

  @Option(
      names = "--array",
      description =
          "One job array, each task of which runs a part of the tree: as many parts as the site allows, or --tasks.")
  private boolean array;

  @Option(names = "--tasks", paramLabel = "N", description = "How many tasks an array has at most.")
  private @Nullable Integer tasks;

  @Option(
      names = "--at-most",
      paramLabel = "N",
      description =
          "How many jobs or tasks of a scattered tree or an array run at a time at most; the others wait in the queue.")
  private @Nullable Integer atMost;

  @Option(
      names = "--go-on",
      paramLabel = "HOW",
      description =
          "How a job goes on that ends before its folders are done: 'requeue', the same job once more (so without this); 'successor', another one after it; 'no'.")
  private String goOn = "";

  @Option(
      names = "--fruitless",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "After how many starts in a row that bring no folder to its end a job does not go on (default: ${DEFAULT-VALUE}).")
  private Integer fruitless = 3;

  /** Which way. */
  Way way() {
    return scattered ? Way.SCATTERED : array ? Way.ARRAY : Way.ASONE;
  }

  /** What is wrong with them. */
  List<Problem> problems(RunArguments how) {
    List<Problem> problems = new ArrayList<>();
    if ((asone ? 1 : 0) + (scattered ? 1 : 0) + (array ? 1 : 0) > 1) {
      problems.add(
          Problem.of("--asone, --scattered, --array", "more than one is given: give one of them"));
    }
    if (tasks != null && !array) {
      problems.add(Problem.of("--tasks", "it goes with '--array': give both"));
    }
    if (atMost != null && way() == Way.ASONE) {
      problems.add(Problem.of("--at-most", "it goes with '--scattered' or '--array': give both"));
    }
    if (!goOn.isEmpty() && !List.of("requeue", "successor", "no").contains(goOn)) {
      problems.add(
          Problem.of("--go-on", "'" + goOn + "' is no way: write 'requeue', 'successor' or 'no'"));
    }
    if (how.keepsAlive() && way() != Way.ASONE) {
      problems.add(
          Problem.of("--keepalive", "a part of a tree takes up no changes: submit it as one"));
    }
    return problems;
  }

  /** How a job goes on, in the words of the script. */
  String goesOn(RunArguments how) {
    return goOn.isEmpty() ? how.keepsAlive() ? "successor" : "requeue" : goOn;
  }

  int fruitless() {
    return fruitless;
  }

  OptionalInt tasks() {
    return tasks == null ? OptionalInt.empty() : OptionalInt.of(tasks);
  }

  OptionalInt atMost() {
    return atMost == null ? OptionalInt.empty() : OptionalInt.of(atMost);
  }
}
