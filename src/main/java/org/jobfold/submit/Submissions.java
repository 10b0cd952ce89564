package org.jobfold.submit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jobfold.disk.FlatJson;

/**
 * What was submitted of a tree: a file a submission, to which a line is appended for each thing
 * that happens, so that it is known which jobs there are wherever it is broken off. {@code
 * docs/formats/submissions.md} has its form.
 *
 * <p>Who begins a submission holds the lock of the tree at that moment.
 */
public final class Submissions {
  /** Its name in the state directory. */
  public static final String NAME = "submissions";

  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern FILE = Pattern.compile("([1-9][0-9]{0,8})\\.jsonl");

  private final Path directory;

  /** Those of a state directory; nothing is made of it. */
  public Submissions(Path state) {
    directory = state.resolve(NAME);
  }

  /** One field after another. */
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /** The number of the next one. */
  public int next() {
    return last().orElse(0) + 1;
  }

  /** Where the script of a submission is. */
  public Path script(int number) {
    return directory.resolve(number + ".sbatch");
  }

  /** Where the account of a submission is. */
  public Path file(int number) {
    return directory.resolve(number + ".jsonl");
  }

  /** The newest one. */
  public Optional<Submission> newest() {
    OptionalInt last = last();
    return last.isPresent() ? Optional.of(read(last.getAsInt())) : Optional.empty();
  }

  /** The newest one, if it counts: its jobs are to run the tree when they begin. */
  public Optional<Submission> counting() {
    return newest()
        .filter(submission -> submission.end() != Submission.End.CANCELLED)
        .filter(submission -> submission.withdrawn().isEmpty());
  }

  /** All of them, the newest first. */
  public List<Submission> all() {
    return numbers().boxed().sorted(Comparator.reverseOrder()).map(this::read).toList();
  }

  /** Begins one: writes its script, and that it is to be submitted. */
  public void begin(Submission submission, String script) {
    try {
      Files.createDirectories(directory);
      Files.writeString(script(submission.number()), script);
      append(
          submission.number(),
          StandardOpenOption.CREATE_NEW,
          json -> {
            json.writeNumberField("jobfold-submission", 1);
            json.writeNumberField("number", submission.number());
            json.writeStringField("at", submission.at().toString());
            json.writeStringField("way", submission.way().word());
            json.writeNumberField("jobs", submission.planned());
            json.writeNumberField("parts", submission.parts());
            json.writeStringField("start", submission.start().word());
            json.writeNumberField("epoch", submission.epoch());
          });
    } catch (IOException e) {
      throw unwritten(submission.number(), e);
    }
  }

  /** A job was submitted. */
  public void submitted(int number, Submission.Job job, Instant at) {
    add(
        number,
        json -> {
          json.writeStringField("job", job.id().number());
          if (!job.id().cluster().isEmpty()) {
            json.writeStringField("cluster", job.id().cluster());
          }
          if (job.part() > 0) {
            json.writeNumberField("part", job.part());
          }
          json.writeStringField("at", at.toString());
        });
  }

  /** All jobs were submitted, or those that were are cancelled. */
  public void ended(int number, Submission.End end, Instant at) {
    add(
        number,
        json -> {
          json.writeStringField("end", end.name().toLowerCase(java.util.Locale.ROOT));
          json.writeStringField("at", at.toString());
        });
  }

  /** It does not count any more: a job of it that begins later does nothing. */
  public void withdrawn(int number, String why, Instant at) {
    add(
        number,
        json -> {
          json.writeStringField("withdrawn", why);
          json.writeStringField("at", at.toString());
        });
  }

  private void add(int number, Fields fields) {
    try {
      append(number, StandardOpenOption.APPEND, fields);
    } catch (IOException e) {
      throw unwritten(number, e);
    }
  }

  private void append(int number, StandardOpenOption how, Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    }
    bytes.write('\n');
    try (FileChannel channel = FileChannel.open(file(number), StandardOpenOption.WRITE, how)) {
      channel.write(ByteBuffer.wrap(bytes.toByteArray()));
      channel.force(true);
    }
  }

  private UncheckedIOException unwritten(int number, IOException e) {
    return new UncheckedIOException(
        "the account '" + file(number) + "' can not be written (" + e.getMessage() + ")", e);
  }

  private OptionalInt last() {
    return numbers().max();
  }

  private IntStream numbers() {
    if (!Files.isDirectory(directory)) {
      return IntStream.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> FILE.matcher(String.valueOf(file.getFileName())))
          .filter(Matcher::matches)
          .mapToInt(found -> Integer.parseInt(found.group(1)))
          .boxed()
          .toList()
          .stream()
          .mapToInt(Integer::intValue);
    } catch (IOException e) {
      throw new UncheckedIOException("'" + directory + "' can not be read", e);
    }
  }

  /** A line that can not be read says nothing; the last one may be torn. */
  private Submission read(int number) {
    Instant at = Instant.EPOCH;
    Way way = Way.ASONE;
    int planned = 0;
    int parts = 0;
    List<Submission.Job> jobs = new ArrayList<>();
    Submission.Start start = Submission.Start.ANEW;
    int epoch = 0;
    Submission.End end = Submission.End.OPEN;
    Optional<String> withdrawn = Optional.empty();
    try {
      for (String line : Files.readAllLines(file(number), StandardCharsets.UTF_8)) {
        try {
          FlatJson fields = FlatJson.read(line.getBytes(StandardCharsets.UTF_8));
          if (fields.has("jobfold-submission")) {
            at = Instant.parse(fields.field("at"));
            way = Way.valueOf(fields.field("way").toUpperCase(java.util.Locale.ROOT));
            planned = Integer.parseInt(fields.field("jobs"));
            parts = Integer.parseInt(fields.field("parts"));
            if (fields.has("start")) {
              start = Submission.Start.of(fields.field("start"));
              epoch = Integer.parseInt(fields.field("epoch"));
            }
          } else if (fields.has("job")) {
            JobId id =
                new JobId(
                    fields.field("job"), fields.has("cluster") ? fields.field("cluster") : "");
            jobs.add(
                new Submission.Job(
                    id, fields.has("part") ? Integer.parseInt(fields.field("part")) : 0));
          } else if (fields.has("end")) {
            end = Submission.End.valueOf(fields.field("end").toUpperCase(java.util.Locale.ROOT));
          } else if (fields.has("withdrawn")) {
            withdrawn = Optional.of(fields.field("withdrawn"));
          }
        } catch (IOException | RuntimeException damaged) {
          // what it said is not known: its jobs are told by Slurm alone
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the account '" + file(number) + "' can not be read (" + e.getMessage() + ")", e);
    }
    return new Submission(number, at, way, planned, parts, jobs, start, epoch, end, withdrawn);
  }
}
