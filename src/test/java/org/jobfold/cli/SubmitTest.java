package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Submission, by the commands that it runs and the files that it leaves. */
class SubmitTest extends SlurmOfScripts {
  @Test
  void asOneIsOneCall() {
    tree.folder("a", "command: 'true'");
    Cli.Ended ended = submit("--nodes", 4, "--time", "8h", "--partition", "long");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(calls())
        .containsExactly("sbatch --parsable " + tree.at(".jobfold/submissions/1.sbatch"));
    assertThat(tree.text(".jobfold/submissions/1.sbatch"))
        .contains("#SBATCH --nodes=4\n")
        .contains("#SBATCH --exclusive\n")
        .contains("#SBATCH --time=08:00:00\n")
        .contains("#SBATCH --partition=long\n")
        .contains("#SBATCH --signal=B:USR1@120\n")
        .contains("tree=" + tree.root() + "\n");
    assertThat(ended.err()).contains("submitted as one job of 1 folder: job 17");
  }

  @Test
  void aDryRunPrintsTheBytesThatWouldBeSubmittedAndWritesNothing() {
    tree.folder("a", "command: 'true'", "params: {who: nobody}");
    Object[] options = {
      "--ntasks", 2, "--sbatch=--mem=4G", "-p", "who=O'Hara", "--", "--nbpools", 2
    };
    Object[] dry = {
      "--ntasks", 2, "--sbatch=--mem=4G", "-p", "who=O'Hara", "--dry-run", "--", "--nbpools", 2
    };
    Cli.Ended shown = submit(dry);
    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(calls()).isEmpty();
    assertThat(tree.all()).doesNotContain(".jobfold");
    submit(options);
    assertThat(tree.text(".jobfold/submissions/1.sbatch")).isEqualTo(shown.out());
    assertThat(calls()).containsExactlyElementsOf(shown.err().lines().toList());
    assertThat(shown.out())
        .contains("options=('--param=who=O'\\''Hara' --nbpools 2)\n")
        .contains("#SBATCH --mem=4G\n");
  }

  @Test
  void scatteredIsOneJobAFolderWithWhatItAsksFor() {
    tree.folder("a", "command: 'true'", "ranks: 2", "timeout: 10m");
    tree.folder("b", "command: 'true'", "depends: [../a]", "timeout: 20m", "maxtrials: 2");
    tree.folder("c", "command: 'true'", "ranks: 3");
    tree.folder("d", "command: 'true'", "tagged: true");
    Cli.Ended ended = submit("--scattered", "--at-most", 1);
    assertThat(ended.code()).as(ended.err()).isZero();
    String script = tree.at(".jobfold/submissions/1.sbatch").toString();
    assertThat(calls())
        .containsExactly(
            "scontrol show config",
            "sbatch --parsable --ntasks=2 --time=00:54:00 --job-name=sweep.1.lane1 --dependency=singleton "
                + script
                + " 1",
            "sbatch --parsable --ntasks=3 --job-name=sweep.1.lane1 --dependency=singleton "
                + script
                + " 2");
    assertThat(tree.text(".jobfold/parts/1/1/folders.json")).isEqualTo("[\"/a\",\"/b\"]");
    assertThat(tree.text(".jobfold/parts/1/2/folders.json")).isEqualTo("[\"/c\"]");
  }

  @Test
  void threadsAndGpusAreAskedOfSlurm() {
    tree.folder("a", "command: 'true'", "ranks: 2", "threads: 8", "gpus: 1");
    tree.folder("b", "command: 'true'", "ranks: 32");
    tree.folder("c", "command: 'true'", "depends: [../d]", "threads: 32");
    tree.folder("d", "command: 'true'", "ranks: 32", "gpus: 4");
    assertThat(submit("--scattered", "--dry-run").err().lines().filter(l -> l.contains("sbatch")))
        .satisfiesExactly(
            a -> assertThat(a).contains(" --ntasks=2 --cpus-per-task=8 --gpus-per-node=1 "),
            b -> assertThat(b).contains(" --ntasks=32 ").doesNotContain("per-task", "gpus"),
            c ->
                assertThat(c)
                    .as("32 cores are enough for both, one after the other")
                    .contains(" --ntasks=32 --gpus-per-node=4 "));
    assertThat(submit("--array", "--tasks", 1, "--dry-run").out())
        .contains("#SBATCH --ntasks=32\n", "#SBATCH --gpus-per-node=4\n")
        .doesNotContain("--cpus-per-task");
    assertThat(submit("--ntasks", 32, "--gpus", "a100:2", "--dry-run").out())
        .contains("#SBATCH --ntasks=32\n", "#SBATCH --cpus-per-task=32\n")
        .contains("#SBATCH --gpus=a100:2\n")
        .doesNotContain("gpus-per-node", "options=('--gpus");
    assertThat(submit("--dry-run").out())
        .contains("#SBATCH --exclusive\n", "#SBATCH --gpus-per-node=4\n")
        .doesNotContain("--cpus-per-task");
  }

  @Test
  void anArrayIsWithinWhatTheSiteAllows() {
    for (int i = 0; i < 9; i++) {
      tree.folder("f" + i, "command: 'true'", "timeout: 1m");
    }
    Cli.Ended ended = submit("--array", "--at-most", 2);
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(calls()).hasSize(2).last().asString().startsWith("sbatch --parsable /");
    assertThat(tree.text(".jobfold/submissions/1.sbatch"))
        .contains("#SBATCH --array=1-4%2\n")
        .contains("part=(--part \"1.${SLURM_ARRAY_TASK_ID:-$1}\")\n");
    String folders = "";
    for (int i = 1; i <= 4; i++) {
      folders += tree.text(".jobfold/parts/1/" + i + "/folders.json");
    }
    for (int i = 0; i < 9; i++) {
      assertThat(folders).containsOnlyOnce("\"/f" + i + "\"");
    }
  }

  @Test
  void allOrNothing() {
    for (String name : List.of("a", "b", "c")) {
      tree.folder(name, "command: 'true'");
    }
    bin.file("refuse-19", "");
    Cli.Ended ended = submit("--scattered");
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err())
        .contains("Slurm did not take job 3 of 3")
        .contains("QOSMaxSubmitJobPerUserLimit")
        .contains("the 2 jobs before it are cancelled");
    assertThat(calls()).last().isEqualTo("scancel 17 18");
    queue("");
    assertThat(submit("--scattered").code()).as("it is free again").isZero();
  }

  @Test
  void whatIsInTheQueueIsNotSubmittedAgain() {
    tree.folder("a", "command: 'true'");
    submit();
    queue("17|PENDING|Priority");
    Cli.Ended second = submit();
    assertThat(second.code()).isEqualTo(2);
    assertThat(second.err()).contains("it is in the queue by submission 1").contains("job 17");
    assertThat(submit("--again").code()).isZero();
  }

  @Test
  void ifSlurmDoesNotAnswerNothingIsSubmittedAndNothingIsCalledFailed() {
    tree.folder("a", "command: 'true'");
    submit();
    Cli.Ended second = submit();
    assertThat(second.code()).isEqualTo(2);
    assertThat(second.err()).contains("Slurm does not say whether that is still in the queue");
    Cli.Ended status = with(jobfold(words("status"))).run();
    assertThat(status.code()).isZero();
    assertThat(status.out())
        .contains("job 17: Slurm does not say now whether that is in the queue");
    assertThat(status.out()).doesNotContain("failed");
  }

  @Test
  void statusAsksOnceHoweverManyJobsThereAre() {
    for (int i = 0; i < 5; i++) {
      tree.folder("f" + i, "command: 'true'");
    }
    submit("--scattered");
    queue("17|RUNNING|None", "18|PENDING|Priority", "19|PENDING|Resources", "20|PENDING|Priority");
    int before = calls().size();
    Cli.Ended status = with(jobfold(words("status"))).run();
    assertThat(status.out()).contains("1 running, 3 queued (Priority)");
    assertThat(calls()).hasSize(before + 1).last().asString().contains("--jobs=17,18,19,20,21");
    JsonNode json = with(jobfold(words("status", "--json"))).run().json();
    assertThat(json.at("/submission/state").asText()).isEqualTo("running");
    Documented.in("submission-json.md").isWholeIn(json.get("submission"));
  }

  @Test
  void aTreeThatWaitsInTheQueueIsQueuedWhateverTheRunBeforeWas() throws IOException {
    tree.folder("a", "command: '[ ! -e ../gate ] || cat ../gate'");
    assertThat(with(jobfold(words("run", "--ranks", 1))).run().code()).isZero();
    tree.fifo("gate");
    submit("--ntasks", 1);
    queue("17|PENDING|Priority");
    Cli.Ended status = with(jobfold(words("status"))).run();
    assertThat(status.out())
        .contains("sweep: queued: a batch job is to run it\n")
        .contains("what follows is of the run before:\n  1 folder: 1 succeeded")
        .contains("job 17: 1 queued (Priority)")
        .doesNotContain("complete");
    JsonNode json = with(jobfold(words("status", "--json"))).run().json();
    assertThat(json.get("state").asText()).isEqualTo("queued");
    Cli.Started watch = with(jobfold(words("status", "--watch", "--every", "100ms"))).start();
    watch.awaitErr("queued: 1 folder: 1 succeeded");
    Cli.Started job = with(jobfold(words("run", "--ranks", 1))).with("SLURM_JOB_ID", "17").start();
    watch.awaitErr("running: 1 folder: 0 succeeded, 0 failed, 1 running");
    Files.delete(bin.at("queue"));
    tree.release("gate");
    assertThat(job.end().code()).isZero();
    Cli.Ended watched = watch.end();
    assertThat(watched.code()).as(watched.err()).isZero();
    assertThat(watched.out()).contains("complete");
    assertThat(calls()).filteredOn(call -> call.startsWith("squeue")).hasSizeLessThanOrEqualTo(5);
  }

  @Test
  void aTreeThatWasNeverRunIsWatchedWhileItIsQueuedAndNotAfter() {
    tree.folder("a", "command: 'true'");
    submit("--ntasks", 1);
    queue("17|CANCELLED|None");
    Cli.Ended watch = with(jobfold(words("status", "--watch"))).run();
    assertThat(watch.code()).isEqualTo(2);
    assertThat(watch.err()).contains("it has not been run, so there is nothing to watch");
  }

  @Test
  void jsonSaysWhatIsSubmitted() {
    tree.folder("a", "command: 'true'");
    JsonNode json = submit("--json").json();
    Documented.in("submit-json.md").isWholeIn(json);
    assertThat(json.at("/jobs/0").asText()).isEqualTo("17");
    assertThat(json.at("/calls").asInt()).isOne();
  }

  @Test
  void whatOneRunLooksAfterIsNotDivided() {
    tree.folder("a", "command: 'true'");
    tree.folder("z", "command: 'true'", "finally: true");
    Cli.Ended ended = submit("--array");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("folder '/z'").contains("submit the tree '--asone'");
    assertThat(calls()).isEmpty();
  }

  @Test
  void wrongOptionsAreRefusedBeforeAnythingIsSubmitted() {
    tree.folder("a", "command: 'true'", "ranks: 9");
    Cli.Ended ended =
        submit(
            "--ntasks",
            4,
            "--time",
            "soon",
            "--signal",
            "TERM@10",
            "--ranks",
            3,
            "--",
            "--nbpool",
            2);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains("'soon' is no time")
        .contains("'TERM@10'")
        .contains("--ranks")
        .contains("--nbpool")
        .contains("asks for 9 ranks, there are 4");
    assertThat(calls()).isEmpty();
  }

  @Test
  void aPartRunsItsFoldersAloneAndTheWholeTreeWaits() {
    tree.fifo("gate");
    tree.fifo("begun");
    tree.folder("a", "command: 'echo > ../begun; read x < ../gate'");
    tree.folder("b", "command: 'echo b >> ../ran'");
    submit("--scattered");
    Cli.Started part =
        with(jobfold(words("run", "--part", "1.1", "--ranks", 1)))
            .with("SLURM_JOB_ID", "17")
            .start();
    tree.await("begun", 1);
    Cli.Ended whole = with(jobfold(words("run", "--ranks", 1))).run();
    assertThat(whole.code()).isEqualTo(2);
    assertThat(whole.err()).contains("a part of the tree is being run by process " + part.pid());
    Cli.Ended same =
        with(jobfold(words("run", "--part", "1.1", "--ranks", 1))).with("SLURM_JOB_ID", "99").run();
    assertThat(same.code()).isEqualTo(2);
    Cli.Ended other =
        with(jobfold(words("run", "--part", "1.2", "--ranks", 1))).with("SLURM_JOB_ID", "18").run();
    assertThat(other.code()).as(other.err()).isZero();
    assertThat(tree.text("ran")).isEqualTo("b\n");
    Cli.Ended live = with(jobfold(words("status"))).run();
    assertThat(live.out()).contains("running as process " + part.pid()).contains("1 succeeded");
    tree.release("gate");
    assertThat(part.end().code()).isZero();
    Cli.Ended status = with(jobfold(words("status"))).run();
    assertThat(status.out()).contains("complete").contains("2 folders: 2 succeeded");
    Cli.Ended resumed = with(jobfold(words("resume", "--ranks", 1))).run();
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("2 folders done before");
    assertThat(tree.text("ran")).as("it has not run twice").isEqualTo("b\n");
    Cli.Ended late =
        with(jobfold(words("run", "--part", "1.2", "--ranks", 1))).with("SLURM_JOB_ID", "18").run();
    assertThat(late.code()).isEqualTo(2);
    assertThat(tree.text("ran")).isEqualTo("b\n");
  }

  @Test
  void aPartThatIsStartedWhileTheWholeTreeIsRunIsRefused() {
    tree.fifo("gate");
    tree.fifo("begun");
    tree.folder("a", "command: 'echo > ../begun; read x < ../gate'");
    submit("--scattered");
    Cli.Started whole = with(jobfold(words("run", "--ranks", 1, "--overtake"))).start();
    tree.await("begun", 1);
    Cli.Ended part =
        with(jobfold(words("run", "--part", "1.1", "--ranks", 1))).with("SLURM_JOB_ID", "17").run();
    assertThat(part.code()).isEqualTo(2);
    tree.release("gate");
    assertThat(whole.end().code()).isZero();
  }

  @Test
  void whatIsKnownOutlivesASubmissionThatIsWithdrawn() {
    tree.folder("a", "command: 'echo a >> ../ran'");
    tree.folder("b", "command: 'echo b >> ../ran'");
    assertThat(with(jobfold(words("run", "--ranks", 1))).run().code()).isZero();
    bin.file("refuse-18", "");
    assertThat(submit("--scattered").code()).isEqualTo(3);
    assertThat(tree.all()).doesNotContain(".jobfold/parts/current");
    Cli.Ended resumed = with(jobfold(words("resume", "--ranks", 1))).run();
    assertThat(resumed.err()).contains("2 folders done before, 0 left");
    assertThat(tree.text("ran")).isEqualTo("a\nb\n");
  }

  @Test
  void aPartThatWasKilledGoesOnAndWhatItHadDoneIsNotDoneAgain() {
    tree.fifo("begun");
    tree.folder("a", "command: 'echo a >> ../ran'");
    tree.folder(
        "b", "command: '[ -e ../open ] || { echo > ../begun; sleep 60; }'", "depends: [../a]");
    tree.folder("c", "command: 'echo c >> ../ran'");
    submit("--scattered");
    Cli.Started part =
        with(jobfold(words("resume", "--begin", "--part", "1.1", "--ranks", 1)))
            .with("SLURM_JOB_ID", "17")
            .start();
    tree.await("begun", 1);
    part.signal("KILL");
    part.end();
    part.awaitNoSurvivors();
    Cli.Ended status = with(jobfold(words("status"))).run();
    assertThat(status.out()).contains("killed").contains("3 folders: 1 succeeded");
    tree.file("open", "");
    Cli.Ended again =
        with(jobfold(words("resume", "--begin", "--part", "1.1", "--ranks", 1)))
            .with("SLURM_JOB_ID", "17")
            .run();
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.err()).contains("1 folder done before");
    assertThat(with(jobfold(words("status"))).run().out())
        .as("the part of /c was not begun")
        .contains("incomplete")
        .contains("3 folders: 2 succeeded, 0 failed, 1 left");
    queue("17|FAILED|NonZeroExitCode", "18|CANCELLED|None");
    Cli.Ended whole = with(jobfold(words("resume", "--ranks", 1))).run();
    assertThat(whole.code()).as(whole.err()).isZero();
    assertThat(tree.text("ran")).isEqualTo("a\nc\n");
    assertThat(with(jobfold(words("clean"))).run().err()).doesNotContain("stays");
    assertThat(tree.all()).doesNotContain(".jobfold");
  }

  @Test
  void requeueStopsAskingWhenNothingComesOfIt() {
    tree.folder("a", "command: 'exit 1'", "maxtrials: 1");
    tree.folder("b", "command: 'kill -TERM $PPID; sleep 60'");
    Cli.Ended run = with(jobfold(words("run", "--ranks", 1))).run();
    assertThat(run.code()).isEqualTo(143);
    assertThat(requeue().code()).as("/a has ended").isZero();
    assertThat(calls()).last().isEqualTo("scontrol requeue 17");
    for (int fruitless = 1; fruitless <= 2; fruitless++) {
      with(jobfold(words("resume"))).run();
      assertThat(requeue().code()).isZero();
    }
    with(jobfold(words("resume"))).run();
    Cli.Ended last = requeue();
    assertThat(last.code()).isEqualTo(3);
    assertThat(last.err()).contains("3 runs in a row have brought no folder to its end");
    assertThat(calls()).hasSize(3);
  }

  @Test
  void aRunThatWasStoppedIsNotRequeued() {
    tree.fifo("begun");
    tree.folder("a", "command: 'echo > ../begun; sleep 60'");
    Cli.Started run = with(jobfold(words("run", "--ranks", 1))).start();
    tree.await("begun", 1);
    with(jobfold(words("stop", "--now"))).run();
    assertThat(run.end().code()).isEqualTo(3);
    Cli.Ended ended = requeue();
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err()).contains("stopped by 'jobfold stop --now'");
    assertThat(calls()).isEmpty();
  }

  @Test
  void aSuccessorIsRecorded() {
    tree.folder("a", "command: 'kill -TERM $PPID; sleep 60'");
    submit("--go-on", "successor");
    with(jobfold(words("run", "--ranks", 1))).run();
    Cli.Ended ended =
        with(jobfold(words("requeue", "--by=successor", "--", "/spool/slurm_script")))
            .with("SLURM_JOB_ID", "17")
            .run();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(calls())
        .last()
        .isEqualTo(
            "sbatch --parsable --dependency=afterany:17 --export=ALL,JOBFOLD_SUCCESSOR=17 /spool/slurm_script");
    queue("18|PENDING|Dependency");
    assertThat(with(jobfold(words("status"))).run().out()).contains("jobs 17, 18: 1 queued");
  }

  @Test
  void whatWaitsInTheQueueIsNotCleanedAway() {
    tree.folder("a", "command: 'true'");
    submit("--asone", "--ntasks", 1);
    queue("17|PENDING|Priority");
    Cli.Ended clean = with(jobfold(words("clean"))).run();
    assertThat(clean.code()).isEqualTo(2);
    assertThat(clean.err()).contains("it is in the queue by submission 1").contains("jobfold stop");
    assertThat(with(jobfold(words("status"))).run().out()).contains("queued");
    queue();
    assertThat(with(jobfold(words("clean"))).run().code()).isZero();
  }

  private Cli part(int index) {
    return with(jobfold(words("run", "--part", "1." + index, "--ranks", 1)))
        .with("SLURM_JOB_ID", String.valueOf(16 + index));
  }

  @Test
  void aStopReachesAllPartsThatRunAndWhatWaitsDoesNotBegin() throws IOException {
    tree.fifo("gate");
    tree.fifo("begun");
    for (String name : List.of("a", "b", "c")) {
      tree.folder(name, "command: 'echo > ../begun; cat ../gate > gone'");
      tree.folder(
          name + "2", "command: 'echo " + name + " >> ../ran'", "depends: [../" + name + "]");
    }
    submit("--scattered");
    queue("17|RUNNING|None", "18|RUNNING|None", "19|PENDING|Priority");
    Cli.Started first = part(1).start();
    Cli.Started second = part(2).start();
    tree.await("begun", 2);
    Cli.Ended stop = with(jobfold(words("stop", "--json"))).run();
    assertThat(stop.code()).as(stop.err()).isZero();
    assertThat(stop.err())
        .contains("2 parts of the tree stop: 2 folders may come to an end, 2 not started")
        .contains("the job that waited in the queue is cancelled");
    Documented.in("stop-parts-json.md").isWholeIn(stop.json());
    assertThat(stop.json().get("parts").asInt()).isEqualTo(2);
    assertThat(stop.json().get("cancelled").asInt()).isOne();
    assertThat(calls()).last().isEqualTo("scancel --state=PENDING 17 18 19");
    Cli.Ended late = part(3).run();
    assertThat(late.code()).isEqualTo(2);
    assertThat(late.err()).contains("part 1.3 does not count any more: stopped by 'jobfold stop'");
    tree.release("gate");
    assertThat(first.end().code()).isEqualTo(3);
    assertThat(second.end().code()).isEqualTo(3);
    assertThat(tree.all()).doesNotContain("ran");
    Cli.Ended requeue =
        with(jobfold(words("requeue", "--part", "1.1"))).with("SLURM_JOB_ID", "17").run();
    assertThat(requeue.code()).isEqualTo(3);
    assertThat(requeue.err()).contains("it does not go on: stopped by 'jobfold stop' of ");
    Files.delete(bin.at("queue"));
    tree.folder("c", "command: 'echo c >> ../ran'");
    Cli.Ended resumed = with(jobfold(words("resume", "--ranks", 1))).run();
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(tree.text("ran").lines().sorted().toList()).containsExactly("a", "b", "c", "c");
  }

  @Test
  void aStopNowInterruptsPartsAndReturnsWhenTheyHaveEnded() {
    tree.fifo("begun");
    tree.folder("a", "command: 'echo > ../begun; sleep 600'");
    tree.folder("b", "command: 'echo > ../begun; sleep 600'");
    submit("--array", "--tasks", 2);
    queue("17_1|RUNNING|None", "17_2|RUNNING|None");
    Cli.Started first = part(1).start();
    Cli.Started second = part(2).start();
    tree.await("begun", 2);
    Cli.Ended stop = with(jobfold(words("stop", "--now", "--until-ended"))).run();
    assertThat(stop.code()).as(stop.err()).isZero();
    assertThat(stop.err()).contains("2 folders asked to end", "the run has ended");
    assertThat(calls()).noneMatch(call -> call.startsWith("scancel"));
    assertThat(first.end().err()).contains("1 interrupted");
    assertThat(second.end().err()).contains("1 interrupted");
  }

  @Test
  void aStopOfWhatOnlyWaitsCancelsItAndAJobThatBeginsAllTheSameDoesNothing() {
    tree.folder("a", "command: 'echo a >> ../ran'");
    submit();
    queue("17|PENDING|Priority");
    Cli.Ended stop = with(jobfold(words("stop"))).run();
    assertThat(stop.code()).as(stop.err()).isZero();
    assertThat(calls()).last().isEqualTo("scancel --state=PENDING 17");
    Cli.Ended job = with(jobfold(words("run", "--ranks", 1))).with("SLURM_JOB_ID", "17").run();
    assertThat(job.code()).isEqualTo(2);
    assertThat(job.err()).contains("this job does not count any more: stopped by 'jobfold stop'");
    assertThat(tree.all()).doesNotContain("ran");
    assertThat(submit("--again").code()).isZero();
    Cli.Ended next = with(jobfold(words("run", "--ranks", 1))).with("SLURM_JOB_ID", "18").run();
    assertThat(next.code()).as(next.err()).isZero();
  }

  @Test
  void ifSlurmDoesNotAnswerAStopIsKeptInTheTree() {
    tree.folder("a", "command: 'true'");
    submit();
    command("scancel", "echo 'scancel: error: Unable to contact slurm controller' >&2; exit 1");
    Cli.Ended stop = with(jobfold(words("stop"))).run();
    assertThat(stop.code()).isEqualTo(3);
    assertThat(stop.err()).contains("could not be cancelled (", "does nothing and ends");
    Cli.Ended job = with(jobfold(words("run", "--ranks", 1))).with("SLURM_JOB_ID", "17").run();
    assertThat(job.code()).isEqualTo(2);
  }

  @Test
  void thereIsNothingToStopWhenTheJobsAreOver() {
    tree.folder("a", "command: 'true'");
    submit();
    queue("17|CANCELLED|None");
    Cli.Ended stop = with(jobfold(words("stop"))).run();
    assertThat(stop.code()).isEqualTo(2);
    assertThat(stop.err()).contains("no run has the tree");
    assertThat(calls()).noneMatch(call -> call.startsWith("scancel"));
  }

  @Test
  void partsTakeUpNoUpdate() {
    tree.fifo("gate");
    tree.fifo("begun");
    tree.folder("a", "command: 'echo > ../begun; read x < ../gate'");
    submit("--array");
    Cli.Started part = part(1).start();
    tree.await("begun", 1);
    Cli.Ended update = with(jobfold(words("update"))).run();
    assertThat(update.code()).isEqualTo(2);
    assertThat(update.err()).contains("it is run in parts by batch jobs", "'jobfold stop'");
    assertThat(with(jobfold(words("update", "--watch"))).run().code()).isEqualTo(2);
    tree.release("gate");
    assertThat(part.end().code()).isZero();
  }

  @Test
  void aTreeThatWaitsInTheQueueIsNotRunByHand() {
    tree.folder("a", "command: 'echo a >> ../ran'");
    submit();
    queue("17|PENDING|Priority");
    for (String command : List.of("run", "resume")) {
      Cli.Ended hand = with(jobfold(words(command, "--begin", "--ranks", 1))).run();
      if (command.equals("run")) {
        hand = with(jobfold(words("run", "--ranks", 1))).run();
      }
      assertThat(hand.code()).isEqualTo(2);
      assertThat(hand.err())
          .contains("it is in the queue by submission 1 (job 17)")
          .contains("'jobfold stop' or 'scancel 17'")
          .contains("'--overtake'");
    }
    assertThat(tree.all()).doesNotContain("ran");
    Cli.Ended own = with(jobfold(words("run", "--ranks", 1))).with("SLURM_JOB_ID", "17").run();
    assertThat(own.code()).as(own.err()).isZero();
    assertThat(calls()).as("its own job asks nobody").last().asString().contains("squeue");
    assertThat(tree.text("ran")).isEqualTo("a\n");
  }

  @Test
  void aJobThatWasOvertakenDoesNothing() {
    tree.folder("a", "command: 'echo a >> ../ran'");
    submit();
    queue("17|PENDING|Priority");
    assertThat(with(jobfold(words("run", "--ranks", 1, "--overtake"))).run().code()).isZero();
    Cli.Ended late = with(jobfold(words("run", "--ranks", 1))).with("SLURM_JOB_ID", "17").run();
    assertThat(late.code()).isEqualTo(2);
    assertThat(late.err()).contains("does not count any more: the tree was run otherwise by ");
    assertThat(tree.text("ran")).as("it has not run twice").isEqualTo("a\n");
  }

  @Test
  void ifSlurmDoesNotAnswerARunByHandIsRefusedAndOneInAnotherJobGoesOn() {
    tree.folder("a", "command: 'echo a >> ../ran'");
    submit();
    Cli.Ended hand = with(jobfold(words("run", "--ranks", 1))).run();
    assertThat(hand.code()).isEqualTo(2);
    assertThat(hand.err()).contains("Slurm does not say whether that waits still", "'--overtake'");
    Cli.Ended job = with(jobfold(words("run", "--ranks", 1))).with("SLURM_JOB_ID", "99").run();
    assertThat(job.code()).as(job.err()).isZero();
    assertThat(job.err()).contains("Slurm does not say whether that waits still: it is run here");
  }

  @Test
  void aJobOfAnEarlierSubmissionDoesNothing() {
    tree.folder("a", "command: 'echo a >> ../ran'");
    submit();
    submit("--again");
    Cli.Ended late = with(jobfold(words("run", "--ranks", 1))).with("SLURM_JOB_ID", "17").run();
    assertThat(late.code()).isEqualTo(2);
    assertThat(late.err()).contains("the tree was submitted anew since");
    Cli.Ended successor =
        with(jobfold(words("run", "--ranks", 1)))
            .with("SLURM_JOB_ID", "30")
            .with("JOBFOLD_SUCCESSOR", "18")
            .run();
    assertThat(successor.code()).as(successor.err()).isZero();
  }

  @Test
  void aRunThatWasEndedBySigtermGoesOnIfItsJobIsPreempted() {
    tree.folder("a", "command: 'kill -TERM $PPID; sleep 60'");
    submit();
    Cli.Ended run = with(jobfold(words("run", "--ranks", 1))).with("SLURM_JOB_ID", "17").run();
    assertThat(run.code()).isEqualTo(143);
    Object[] words = words("requeue", "--if-preempted", "--fruitless", 1);
    String running = "JobState=RUNNING Reason=None";
    for (String state :
        List.of(
            "JobState=COMPLETING PreemptTime=2026-01-01T00:00:00", running + " PreemptTime=None")) {
      command("scontrol", "echo 'JobId=17 " + state + "'");
      Cli.Ended cancelled = with(jobfold(words)).with("SLURM_JOB_ID", "17").run();
      assertThat(cancelled.code()).as(cancelled.err()).isEqualTo(143);
      assertThat(calls()).last().isEqualTo("scontrol show job 17");
    }
    command("scontrol", "echo 'JobId=17 " + running + " PreemptTime=2026-01-01T00:00:00'");
    Cli.Ended preempted = with(jobfold(words)).with("SLURM_JOB_ID", "17").run();
    assertThat(preempted.code()).as("it counts for nothing").isZero();
    assertThat(calls()).last().isEqualTo("scontrol requeue 17");
  }

  private Cli.Ended requeue() {
    return with(jobfold(words("requeue"))).with("SLURM_JOB_ID", "17").run();
  }
}
