package org.jobfold.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Settings;
import org.jobfold.print.Check;
import org.jobfold.print.Declared;
import org.jobfold.print.Digest;
import org.jobfold.print.Made;
import org.jobfold.print.Predecessor;
import org.jobfold.print.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every implementation of fingerprints does. */
public abstract class FingerprintsContract {
  protected static final JobFolder A = JobFolder.shell("/a", "true");
  protected static final Declared READS = Declared.reading("in");
  protected static final Declared BOTH = READS.withOutputs("out");

  private Fingerprints prints = Fingerprints.NONE;

  /** Writes a file of a folder. */
  protected abstract void write(JobFolder folder, String file, String text);

  /** Deletes a file of a folder. */
  protected abstract void delete(JobFolder folder, String file);

  /** The fingerprints of what was written, with the records that were kept before. */
  protected abstract Fingerprints open(Declared declared);

  private void given(Declared declared) {
    prints.close();
    prints = open(declared);
  }

  @AfterEach
  void close() {
    prints.close();
  }

  @Test
  void whatNeverSucceededMustRun() {
    write(A, "in", "1");
    given(READS);
    assertThat(why(A)).containsExactly("there is no record of a success");
  }

  @Test
  void whatSucceededNeedNotRunAlsoInALaterRun() {
    write(A, "in", "1");
    given(READS);
    Made made = run(A);
    assertThat(made.notes()).isEmpty();
    for (int i = 0; i < 3; i++) {
      assertThat(prints.check(A, List.of()))
          .isEqualTo(new Check.NeedNotRun(made.digest(), List.of()));
      given(READS);
    }
    assertThat(prints.made(A)).contains(made.digest());
  }

  @Test
  void eachKindOfChangeIsNamed() {
    write(A, "in", "1");
    given(READS);
    JobFolder cold = A.with(Settings.DEFAULT.overriddenBy(Map.of("temperature", "1")));
    FolderName relax = new FolderName("/relax");
    run(cold, Predecessor.of(relax, digest(1)));
    JobFolder hot = cold.with(Settings.DEFAULT.overriddenBy(Map.of("temperature", "2")));
    assertThat(why(hot, Predecessor.of(relax, digest(1))))
        .containsExactly("params temperature changed");
    assertThat(why(cold, Predecessor.of(relax, digest(2))))
        .containsExactly("predecessor /relax changed");
    assertThat(why(cold)).containsExactly("predecessor /relax is gone");
    JobFolder other = JobFolder.shell("/a", "false").with(cold.settings());
    assertThat(why(other, Predecessor.of(relax, digest(1)))).containsExactly("command changed");
    assertThat(why(cold, Predecessor.unknown(relax)))
        .contains("predecessor /relax runs, or ran without a fingerprint");
    write(A, "in", "2");
    assertThat(why(cold, Predecessor.of(relax, digest(1)))).containsExactly("input in changed");
    write(A, "in", "1");
    assertThat(why(cold, Predecessor.of(relax, digest(1)))).isEmpty();
  }

  @Test
  void anUnknownPredecessorAloneMakesAFolderRun() {
    given(Declared.reading());
    Predecessor unknown = Predecessor.unknown(new FolderName("/p"));
    run(A, unknown);
    assertThat(why(A, unknown))
        .containsExactly("predecessor /p runs, or ran without a fingerprint");
  }

  @Test
  void anInputThatIsNotThereIsSaid() {
    given(READS);
    assertThat(why(A)).containsExactly("there is no record of a success", "input in is not there");
    run(A);
    assertThat(prints.check(A, List.of()))
        .isInstanceOfSatisfying(
            Check.NeedNotRun.class,
            check ->
                assertThat(check.notes())
                    .containsExactly(Reason.of(Reason.Kind.MISSING, "input in")));
    write(A, "in", "1");
    assertThat(why(A)).containsExactly("input in changed");
    run(A);
    delete(A, "in");
    assertThat(why(A)).containsExactly("input in is not there");
  }

  @Test
  void outputsThatAreMissingOrChangedMakeAFolderRun() {
    write(A, "in", "1");
    write(A, "out", "1");
    given(BOTH);
    run(A);
    assertThat(why(A)).isEmpty();
    write(A, "out", "2");
    assertThat(why(A)).containsExactly("output out changed");
    delete(A, "out");
    assertThat(why(A)).containsExactly("output out is not there");
    write(A, "out", "1");
    assertThat(why(A)).isEmpty();
  }

  @Test
  void anOutputThatIsMissingAfterASuccessIsSaid() {
    write(A, "in", "1");
    given(BOTH);
    assertThat(run(A).notes()).containsExactly(Reason.of(Reason.Kind.MISSING, "output out"));
    assertThat(why(A)).containsExactly("output out is not there");
  }

  @Test
  void whatIsSeenOfAFolderAreItsOutputs() {
    write(A, "in", "1");
    write(A, "out", "1");
    given(BOTH);
    Digest first = run(A).digest();
    write(A, "in", "2");
    assertThat(why(A)).containsExactly("input in changed");
    assertThat(run(A).digest()).isEqualTo(first);
    write(A, "in", "3");
    prints.check(A, List.of());
    prints.begins(A.name());
    write(A, "out", "3");
    assertThat(succeeded(A).digest()).isNotEqualTo(first);
  }

  @Test
  void orElseWhatItAskedFor() {
    write(A, "in", "1");
    given(READS);
    Digest first = run(A).digest();
    assertThat(run(A).digest()).isEqualTo(first);
    write(A, "in", "2");
    assertThat(run(A).digest()).isNotEqualTo(first);
  }

  @Test
  void aFolderThatSaysNothingAlwaysRunsAndMakesSomethingNewEachTime() {
    given(Declared.NOTHING);
    assertThat(prints.check(A, List.of())).isEqualTo(new Check.NoFingerprint());
    Digest first = run(A).digest();
    assertThat(prints.made(A)).contains(first);
    assertThat(prints.check(A, List.of())).isEqualTo(new Check.NoFingerprint());
    assertThat(run(A).digest()).isNotEqualTo(first);
  }

  @Test
  void unlessItDeclaresItsOutputs() {
    write(A, "out", "1");
    given(Declared.NOTHING.withOutputs("out"));
    Digest first = run(A).digest();
    assertThat(run(A).digest()).isEqualTo(first);
  }

  @Test
  void whatWasBegunAndDidNotSucceedMustRun() {
    write(A, "in", "1");
    given(READS);
    run(A);
    write(A, "in", "2");
    prints.check(A, List.of());
    prints.begins(A.name());
    write(A, "in", "1");
    given(READS);
    assertThat(why(A))
        .containsExactly("it was begun again after its last success, and did not succeed");
    assertThat(prints.made(A)).isEmpty();
    run(A);
    assertThat(why(A)).isEmpty();
  }

  @Test
  void butItsOutputsSpeakForThemselves() {
    write(A, "in", "1");
    write(A, "out", "1");
    given(BOTH);
    run(A);
    write(A, "in", "2");
    prints.check(A, List.of());
    prints.begins(A.name());
    write(A, "in", "1");
    assertThat(why(A)).isEmpty();
  }

  @Test
  void aRecordIsKeptWhateverHappensToOthers() {
    write(A, "in", "1");
    given(READS);
    Predecessor p = Predecessor.of(new FolderName("/p"), digest(1));
    run(A, p);
    // the predecessor fails in this run, and succeeds as before in the next
    assertThat(why(A, Predecessor.unknown(p.name()))).isNotEmpty();
    given(READS);
    assertThat(why(A, p)).isEmpty();
  }

  @Test
  void whatChangesWhileTheFolderRunsMakesItRunAgain() {
    write(A, "in", "1");
    given(READS);
    prints.check(A, List.of());
    prints.begins(A.name());
    write(A, "in", "2");
    assertThat(succeeded(A).notes())
        .containsExactly(Reason.of(Reason.Kind.CHANGED_MEANWHILE, "input in"));
    given(READS);
    assertThat(why(A)).containsExactly("input in changed");
    write(A, "in", "1");
    assertThat(why(A)).isEmpty();
  }

  @Test
  void aSuccessWithoutACheckBeforeIsAMistake() {
    given(READS);
    assertThatThrownBy(() -> prints.succeeded(A, List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("'/a' was not checked");
  }

  @Test
  void aFolderThatNeedNotRunMayRunAllTheSame() {
    write(A, "in", "1");
    given(READS);
    Digest first = run(A).digest();
    assertThat(why(A)).isEmpty();
    prints.begins(A.name());
    assertThat(succeeded(A).digest()).isEqualTo(first);
    assertThat(why(A)).isEmpty();
  }

  private Made run(JobFolder folder, Predecessor... predecessors) {
    prints.check(folder, List.of(predecessors));
    prints.begins(folder.name());
    return succeeded(folder, predecessors);
  }

  private Made succeeded(JobFolder folder, Predecessor... predecessors) {
    Optional<Made> made = prints.succeeded(folder, List.of(predecessors));
    return made.orElseThrow();
  }

  private List<String> why(JobFolder folder, Predecessor... predecessors) {
    return prints.check(folder, List.of(predecessors)) instanceof Check.MustRun must
        ? must.reasons().stream().map(Reason::text).toList()
        : List.of();
  }

  protected static Digest digest(long seed) {
    return new Digest(seed, seed, seed, seed);
  }
}
