package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jobfold.folder.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of requests and answers. */
class LetterJsonTest {
  private static final Letter LETTER =
      new Letter(
          "6f1c",
          new Request.Update(Request.Old.KEEP),
          new Sender("ada", "node7", 4711),
          Instant.parse("2026-01-01T00:00:00Z"));

  @Test
  void aRequestIsTheOneOfTheDocuments() throws IOException {
    try (InputStream file =
        LetterJsonTest.class.getResourceAsStream("/inbox/update.request.json")) {
      byte[] bytes = Objects.requireNonNull(file).readAllBytes();
      assertThat(LetterJson.read(bytes)).contains(LETTER);
      assertThat(LetterJson.write(LETTER)).isEqualTo(bytes);
    }
  }

  @Test
  void requestsComeBackAsTheyWere() throws IOException {
    for (Request request :
        List.of(
            new Request.Update(Request.Old.DELETE),
            new Request.Update(Request.Old.KEEP, Request.Failed.RETRY),
            new Request.Stop(Request.How.DRAIN),
            new Request.Stop(Request.How.NOW))) {
      Letter letter = new Letter("a-1", request, LETTER.from(), LETTER.at());
      assertThat(LetterJson.read(LetterJson.write(letter))).contains(letter);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'\"format\":1', '\"format\":2', format 2",
    "'\"kind\":\"update\"', '\"kind\":\"dance\"', dance",
    "'\"old\":\"keep\"', '\"old\":\"burn\"', update burn"
  })
  void whatAnotherVersionAsksIsUnknownAndNotGuessed(String part, String other, String what)
      throws IOException {
    String text = new String(LetterJson.write(LETTER), StandardCharsets.UTF_8).replace(part, other);
    assertThat(LetterJson.read(text.getBytes(StandardCharsets.UTF_8)).map(Letter::request))
        .contains(new Request.Unknown(what));
  }

  @Test
  void everyPrefixOfARequestIsDamaged() throws IOException {
    byte[] bytes = LetterJson.write(LETTER);
    for (int length = 0; length < bytes.length - 1; length++) {
      assertThat(LetterJson.read(java.util.Arrays.copyOf(bytes, length))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "null", "{\"format\":1,\"run\":\"x\"}", "\0\0"})
  void whatIsNoRequestIsDamaged(String text) {
    assertThat(LetterJson.read(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void answersComeBackAsTheyWere() throws IOException {
    Answer.Names none = new Answer.Names(0, List.of());
    for (Answer answer :
        List.of(
            new Answer.Updated(
                new Answer.Names(5, List.of("/a", "/\"b\"")),
                none,
                new Answer.Names(1, List.of("/ü")),
                none,
                none,
                new Answer.Names(1, List.of("/bad")),
                new Answer.Names(2, List.of("/n", "/o")),
                Optional.of("in.*")),
            new Answer.Updated(none, none, none, none, none, none, none, Optional.empty()),
            new Answer.Stopping(3, 4),
            new Answer.Refused(List.of(new Problem("a:b", 7, "no\nway"), Problem.of("c", "d"))),
            new Answer.Over("it ends"))) {
      assertThat(AnswerJson.read(AnswerJson.write(answer))).isEqualTo(answer);
    }
  }

  @Test
  void fieldsOfLaterVersionsArePassedOver() throws IOException {
    String text =
        "{\"format\":1,\"new\":{\"x\":[1,{}]},\"list\":[[1]],\"answer\":\"stopping\",\"running\":1,\"waiting\":2}";
    assertThat(AnswerJson.read(text.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Answer.Stopping(1, 2));
  }
}
