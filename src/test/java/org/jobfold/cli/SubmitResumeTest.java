package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Submissions that go on where the last run of a tree has ended. */
class SubmitResumeTest extends SlurmOfScripts {
  /** /a succeeds, /b fails, /c waits for it, /d is interrupted, /e waits for /a and is left. */
  private void interruptedRun(Object... more) {
    tree.folder("a", "command: 'echo a >> ../ran'");
    tree.folder("b", "command: 'echo b >> ../ran; [ -e ../mended ]'", "maxtrials: 1");
    tree.folder("c", "command: 'echo c >> ../ran'", "depends: [../b]");
    tree.folder(
        "d", "command: '[ -e ../mended ] && echo d >> ../ran || { kill -TERM $PPID; sleep 60; }'");
    tree.folder("e", "command: 'echo e >> ../ran'", "depends: [../a, ../d]");
    Cli.Ended run = with(jobfold(words("run", more))).run();
    assertThat(run.code()).as(run.err()).isEqualTo(143);
    assertThat(ran()).containsExactly("a", "b");
    tree.file("mended", "");
  }

  private List<String> ran() {
    return tree.text("ran").lines().toList();
  }

  private Cli.Ended job(int number, String... more) {
    return with(jobfold(words(more[0], (Object[]) Arrays.copyOfRange(more, 1, more.length))))
        .with("SLURM_JOB_ID", String.valueOf(number))
        .run();
  }

  private String script(int number) {
    return tree.text(".jobfold/submissions/" + number + ".sbatch");
  }

  @Test
  void oneJobGoesOnWithWhatIsLeft() {
    interruptedRun("--ranks", 1);
    Cli.Ended ended = submit("--resume", "--ntasks", 1);
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains("submitted as one job of 2 folders for what is left: job 17")
        .doesNotContain("all folders run");
    assertThat(script(1)).contains("\nfirst=(resume --begin)\n");
    Cli.Ended job = job(17, "resume", "--begin", "--ranks", "1");
    assertThat(job.code()).as("/b has failed, and stays so").isOne();
    assertThat(ran()).containsExactly("a", "b", "d", "e");
  }

  @Test
  void whatHadFailedIsTakenUpAgainIfThatIsSaid() {
    interruptedRun("--ranks", 1);
    Cli.Ended ended = submit("--resume", "--retry-failed", "--ntasks", 1);
    assertThat(ended.err()).contains("submitted as one job of 4 folders for what is left");
    assertThat(script(1)).contains("\nfirst=(resume --begin --retry-failed)\n");
    Cli.Ended restarted = job(17, "resume", "--begin", "--ranks", "1");
    assertThat(restarted.code())
        .as(
            "started again before it could begin, it does what it was submitted for: %s",
            restarted.err())
        .isZero();
    assertThat(ran()).containsExactlyInAnyOrder("a", "b", "b", "c", "d", "e");
  }

  @Test
  void theOptionsOfTheLastRunHoldSaveForThoseThatSayWhere() {
    tree.file("x/a.in", "exit 1");
    tree.file("y/a.in", "exit 1");
    Cli.Ended run =
        with(jobfold(
                words(
                    "run",
                    "--match",
                    "*.in",
                    "--command",
                    "sh {match}",
                    "--ranks",
                    1,
                    "--max-failures",
                    1)))
            .run();
    assertThat(run.code()).as(run.err()).isNotZero();
    Cli.Ended ended = submit("--resume", "--ntasks", 2, "--maxtrials", 3);
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("of the last run --ranks=1 does not hold any more");
    assertThat(script(1)).contains("\noptions=(--maxtrials=3)\n");
    assertThat(tree.text(".jobfold/options.json"))
        .contains("--match=*.in", "--command=sh {match}", "--max-failures=1")
        .doesNotContain("ranks");
  }

  @Test
  void partsAreOfWhatIsLeftAndKnowWhatIsDone() {
    interruptedRun("--ranks", 1);
    tree.folder("f", "command: 'echo f >> ../ran'");
    Cli.Ended ended = submit("--resume", "--scattered");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("submitted as 2 jobs for what is left: jobs 17, 18");
    assertThat(tree.text(".jobfold/parts/1/1/folders.json")).isEqualTo("[\"/a\",\"/d\",\"/e\"]");
    assertThat(tree.text(".jobfold/parts/1/2/folders.json")).isEqualTo("[\"/f\"]");
    queue("17|PENDING|Priority", "18|PENDING|Priority");
    assertThat(with(jobfold(words("status"))).run().out())
        .as("nothing of it has begun")
        .contains("1 succeeded, 1 failed");
    Cli.Ended first = job(17, "resume", "--begin", "--part", "1.1", "--ranks", "1");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err()).contains("1 folder done before");
    assertThat(ran()).containsExactly("a", "b", "d", "e");
    Cli.Ended second = job(18, "resume", "--begin", "--part", "1.2", "--ranks", "1");
    assertThat(second.code()).as(second.err()).isZero();
    queue();
    Cli.Ended rest = submit("--resume", "--retry-failed", "--array");
    assertThat(rest.err()).contains("submitted as an array of 1 task for what is left");
    assertThat(tree.text(".jobfold/parts/2/1/folders.json")).isEqualTo("[\"/b\",\"/c\"]");
    Cli.Ended last = job(19, "resume", "--begin", "--part", "2.1", "--ranks", "1");
    assertThat(last.code()).as(last.err()).isZero();
    assertThat(ran()).containsExactly("a", "b", "d", "e", "f", "b", "c");
    Cli.Ended status = with(jobfold(words("status"))).run();
    assertThat(status.out()).contains("complete", "6 folders: 6 succeeded");
  }

  @Test
  void aJobThatIsStartedAgainBeforeItCouldBeginDoesWhatItWasSubmittedFor() throws IOException {
    tree.folder("a", "command: 'echo a >> ../ran'");
    tree.folder(
        "b",
        "command: '[ ! -e ../slow ] || { kill -TERM $PPID; sleep 60; }; echo b >> ../ran'",
        "depends: [../a]");
    assertThat(with(jobfold(words("run", "--ranks", 1))).run().code()).isZero();
    Cli.Ended ended = submit("--ntasks", 1);
    assertThat(ended.err()).contains("all folders run", "'jobfold submit --resume' would go on");
    assertThat(script(1)).contains("\nfirst=(run)\n");
    tree.file("slow", "");
    assertThat(job(17, "resume", "--begin", "--ranks", "1").code()).isEqualTo(143);
    assertThat(ran()).as("all folders run").containsExactly("a", "b", "a");
    Files.delete(tree.at("slow"));
    assertThat(job(17, "resume", "--begin", "--ranks", "1").code()).isZero();
    assertThat(ran()).as("it has begun, and goes on").containsExactly("a", "b", "a", "b");
  }

  @Test
  void whatCanNotGoOnIsRefused() {
    tree.folder("a", "command: 'true'");
    tree.folder("b", "command: 'false'");
    assertThat(submit("--resume").err()).contains("it has not been run", "leave out '--resume'");
    assertThat(submit("--retry-failed").err()).contains("it goes with '--resume': give both");
    assertThat(with(jobfold(words("run", "--ranks", 1))).run().code()).isOne();
    Cli.Ended none = submit("--resume");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err())
        .contains(
            "no folder is left to run: 1 folder has failed, '--retry-failed' takes it up again");
    assertThat(calls()).isEmpty();
    assertThat(submit("--resume", "--retry-failed", "--ntasks", 1).code()).isZero();
  }

  @Test
  void whatAKilledRunHasLeftDoesNotRunInThePartsThatGoOn() throws Exception {
    tree.fifo("begun");
    tree.folder("a", "command: 'echo > ../begun; sleep 600'");
    tree.folder("b", "command: 'true'");
    Cli.Started run = with(jobfold(words("run", "--ranks", 1, "--nbpools", 1))).start();
    tree.await("begun", 1);
    run.signal("KILL");
    run.end();
    run.awaitNoSurvivors();
    tree.folder("a", "command: 'true'");
    assertThat(submit("--resume", "--scattered").code()).isZero();
    assertThat(job(18, "resume", "--begin", "--part", "1.2", "--ranks", "1").code()).isZero();
    Cli.Ended status = with(jobfold(words("status"))).run();
    assertThat(status.out()).contains("1 succeeded").doesNotContain("running");
  }

  @Test
  void aSubmissionThatSlurmDoesNotTakeChangesNothingOfWhatIsKnown() {
    interruptedRun("--ranks", 1);
    bin.file("refuse-17", "");
    assertThat(submit("--resume", "--retry-failed", "--scattered").code()).isEqualTo(3);
    assertThat(with(jobfold(words("errors"))).run().out()).contains("/b");
    Cli.Ended resumed = with(jobfold(words("resume", "--ranks", 1))).run();
    assertThat(resumed.code()).as("/b has failed still").isOne();
    assertThat(ran()).containsExactly("a", "b", "d", "e");
  }
}
