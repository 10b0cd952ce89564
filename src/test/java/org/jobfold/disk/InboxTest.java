package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jobfold.disk.InboxFiles.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The run's side of the inbox. */
@Timeout(60)
class InboxTest {
  private static final Answer YES = new Answer.Stopping(0, 0);

  private final Queue<String> notes = new ConcurrentLinkedQueue<>();
  private final Queue<Request> handled = new ConcurrentLinkedQueue<>();
  private Path state;
  private InboxFiles files;

  @BeforeEach
  void make(@TempDir Path directory) throws IOException {
    state = directory;
    files = new InboxFiles(state);
    files.make();
  }

  @Test
  void answersRequestsForThisRunAndSweepsThoseForOthers() throws IOException {
    files.put("mine", letter("me"));
    files.put("old", letter("another"));
    try (Inbox inbox = open((request, from) -> YES)) {
      assertThat(inbox).isNotNull();
      await("mine.answer.json");
    }
    assertThat(handled).hasSize(1);
    assertThat(names()).containsExactly("mine.answer.json");
    assertThat(files.takeAnswer("mine")).contains(YES);
    assertThat(files.takeAnswer("mine")).isEmpty();
  }

  @Test
  void whatWasTakenIsAnsweredAlsoIfTheRunEndsMeanwhile() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Inbox inbox =
        open(
            (request, from) -> {
              begun.countDown();
              never.await();
              return YES;
            });
    files.put("a", letter("me"));
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(files.withdraw("a")).as("it is taken").isFalse();
    files.put("b", letter("me"));
    inbox.close();
    assertThat(files.takeAnswer("a")).contains(new Answer.Over("the run has ended"));
    assertThat(files.takeAnswer("b")).contains(new Answer.Over("the run has ended"));
    assertThat(names()).isEmpty();
  }

  @Test
  void anErrorInTheHandlerIsAnsweredAndTheNextRequestIsHandled() throws IOException {
    try (Inbox inbox =
        open(
            (request, from) -> {
              if (request instanceof Request.Update) {
                throw new IllegalStateException("oops");
              }
              return YES;
            })) {
      assertThat(inbox).isNotNull();
      files.put("a", letter("me"));
      await("a.answer.json");
      files.put(
          "b", new Letter("me", new Request.Stop(Request.How.DRAIN), Sender.self(), Instant.EPOCH));
      await("b.answer.json");
    }
    assertThat(files.takeAnswer("a"))
        .hasValueSatisfying(a -> assertThat(a.toString()).contains("oops"));
    assertThat(files.takeAnswer("b")).contains(YES);
  }

  @Test
  void aRequestOfAnotherVersionIsRefused() throws IOException {
    try (Inbox inbox = open((request, from) -> YES)) {
      assertThat(inbox).isNotNull();
      files.put("a", new Letter("me", new Request.Unknown("dance"), Sender.self(), Instant.EPOCH));
      await("a.answer.json");
    }
    assertThat(handled).isEmpty();
    assertThat(files.takeAnswer("a"))
        .hasValueSatisfying(a -> assertThat(a.toString()).contains("does not know 'dance'"));
  }

  @Test
  void staleAnswersAreSweptAndFreshOnesStay() throws IOException {
    files.put("old", letter("me"));
    files.take("old");
    files.answer("old", YES);
    Files.setLastModifiedTime(
        files.directory().resolve("old.answer.json"),
        FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    files.put("new", letter("me"));
    files.take("new");
    files.answer("new", YES);
    files.put("lost", letter("me"));
    files.take("lost");
    files.sweep("me");
    assertThat(names()).containsExactly("new.answer.json");
  }

  @Test
  void neverFollowsLinksNorReadsWhatIsTooLarge() throws IOException {
    Path elsewhere = Files.write(state.resolve("elsewhere"), LetterJson.write(letter("me")));
    Files.createSymbolicLink(files.directory().resolve("a.request.json"), elsewhere);
    Files.write(files.directory().resolve("b.request.json"), new byte[1 << 20]);
    Files.createDirectory(files.directory().resolve("c.request.json"));
    try (Inbox inbox = open((request, from) -> YES)) {
      assertThat(inbox).isNotNull();
      files.put("z", letter("me"));
      await("z.answer.json");
    }
    assertThat(handled).hasSize(1);
    assertThat(notes).hasSize(3);
    assertThat(elsewhere).exists();
  }

  @Test
  void aRequestThatIsJustBeingWrittenOrWithdrawnIsNotForeign() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Thread asker =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 3000; i++) {
                  files.put("a" + i, letter("me"));
                  files.withdraw("a" + i);
                }
              } catch (IOException e) {
                notes.add(e.toString());
              }
              over.set(true);
            },
            "asker");
    asker.start();
    while (!over.get()) {
      assertThat(files.list()).extracting(InboxFiles.Found::kind).doesNotContain(Kind.FOREIGN);
    }
    asker.join();
    assertThat(notes).isEmpty();
  }

  @Test
  void aDirectoryThatIsRemovedIsMadeAgain() throws IOException {
    try (Inbox inbox = open((request, from) -> YES)) {
      assertThat(inbox).isNotNull();
      files.put("a", letter("me"));
      await("a.answer.json");
      Files.delete(files.directory().resolve("a.answer.json"));
      Files.delete(files.directory());
      while (!files.put("b", letter("me"))) {
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      }
      await("b.answer.json");
    }
  }

  @Test
  void aRunThatIsOverAtOnceMakesNothing() throws IOException {
    Files.delete(files.directory());
    open((request, from) -> YES).close();
    assertThat(files.directory()).doesNotExist();
  }

  private Inbox open(Inbox.Handler handler) {
    return Inbox.open(
        state,
        "me",
        (request, from) -> {
          handled.add(request);
          return handler.handle(request, from);
        },
        notes::add);
  }

  private static Letter letter(String run) {
    return new Letter(run, new Request.Update(Request.Old.KEEP), Sender.self(), Instant.EPOCH);
  }

  private void await(String name) throws IOException {
    while (!names().contains(name)) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(files.directory())) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
