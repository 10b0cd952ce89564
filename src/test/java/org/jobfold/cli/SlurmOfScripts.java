package org.jobfold.cli;

import static org.jobfold.cli.Cli.jobfold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tree, and a Slurm of scripts: each notes how it was called, and answers what the test has laid
 * down.
 */
abstract class SlurmOfScripts {
  @TempDir Path directory = Path.of("/");
  Tree tree;
  Tree bin;

  @BeforeEach
  void slurm() throws IOException {
    tree = new Tree(Files.createDirectory(directory.resolve("sweep")));
    bin = new Tree(Files.createDirectory(directory.resolve("bin")));
    command(
        "sbatch",
        "n=$(($(cat \"$dir/jobs\" 2>/dev/null || echo 16) + 1)); echo $n > \"$dir/jobs\"");
    append(
        "sbatch",
        "[ ! -e \"$dir/refuse-$n\" ] || { echo 'sbatch: error: Batch job submission failed: QOSMaxSubmitJobPerUserLimit' >&2; exit 1; }; echo $n");
    command("scancel", "exit 0");
    command(
        "squeue",
        "cat \"$dir/queue\" 2>/dev/null || { echo 'slurm_load_jobs error: Unable to contact slurm controller (connect failure)' >&2; exit 1; }");
    command(
        "scontrol",
        "[ \"$1\" != show ] || printf 'MaxArraySize            = 5\\nMaxJobCount             = 10000\\n'");
  }

  void command(String name, String line) {
    bin.file(
        name,
        "#!/bin/bash\ndir=$(dirname \"$0\"); echo \""
            + name
            + " $*\" >> \"$dir/calls\"\n"
            + line
            + "\n");
  }

  void append(String name, String line) throws IOException {
    Files.writeString(bin.at(name), line + "\n", java.nio.file.StandardOpenOption.APPEND);
  }

  Cli.Ended submit(Object... more) {
    return with(jobfold(words("submit", more))).run();
  }

  Object[] words(String command, Object... more) {
    Object[] words = new Object[more.length + 2];
    words[0] = command;
    words[1] = tree.root();
    System.arraycopy(more, 0, words, 2, more.length);
    return words;
  }

  Cli with(Cli cli) {
    return cli.with("PATH", bin.root() + ":" + System.getenv("PATH"));
  }

  List<String> calls() {
    return Files.exists(bin.at("calls")) ? bin.text("calls").lines().toList() : List.of();
  }

  void queue(String... lines) {
    bin.file("queue", String.join("\n", lines) + "\n");
  }
}
